using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TinyQuant.Generator;

/// <summary>
/// Warns where a struct with a model is used in a way that copies its arena or puts it on the heap: C# does both
/// without a word.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelUseAnalyzer : DiagnosticAnalyzer
{
    /// <summary>
    /// The property of each diagnostic that names the model's type, for code fixes: its documentation id.
    /// </summary>
    public const string ModelProperty = "Model";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.Boxed, Descriptors.Captured, Descriptors.Copied, Descriptors.ReadonlyField];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Field, SymbolKind.Field);
        context.RegisterSymbolAction(Property, SymbolKind.Property);
        context.RegisterSymbolAction(Parameter, SymbolKind.Parameter);
        context.RegisterOperationAction(Boxing, OperationKind.Conversion, OperationKind.Invocation,
            OperationKind.MethodReference, OperationKind.Interpolation);
        context.RegisterOperationAction(Variable, OperationKind.LocalReference, OperationKind.ParameterReference);
        context.RegisterOperationAction(Copy, OperationKind.LocalReference, OperationKind.ParameterReference,
            OperationKind.FieldReference, OperationKind.ArrayElementReference);
    }

    private static void Field(SymbolAnalysisContext context)
    {
        if (context.Symbol is IFieldSymbol { IsReadOnly: true, IsImplicitlyDeclared: false } field
            && ModelTypes.IsModelStruct(field.Type))
        {
            Report(context.ReportDiagnostic, Descriptors.ReadonlyField, At(field), field.Type, field.Name);
        }
    }

    private static void Property(SymbolAnalysisContext context)
    {
        if (context.Symbol is IPropertySymbol { RefKind: RefKind.None } property
            && ModelTypes.IsModelStruct(property.Type))
        {
            Report(context.ReportDiagnostic, Descriptors.Copied, At(property), property.Type,
                $"Property '{property.Name}' returns a copy of");
        }
    }

    private static void Parameter(SymbolAnalysisContext context)
    {
        var parameter = (IParameterSymbol)context.Symbol;
        if (ModelTypes.IsModelStruct(parameter.Type) && parameter.RefKind is not (RefKind.Ref or RefKind.Out))
        {
            string how = parameter.RefKind == RefKind.None
                ? "takes a copy of"
                : "is read-only, so that every run copies";
            Report(context.ReportDiagnostic, Descriptors.Copied, At(parameter), parameter.Type,
                $"Parameter '{parameter.Name}' {how}");
        }
    }

    private static void Boxing(OperationAnalysisContext context)
    {
        IOperation? model = context.Operation switch
        {
            IConversionOperation { Type.IsReferenceType: true } conversion => conversion.Operand,
            IInvocationOperation
            {
                TargetMethod.ContainingType.SpecialType: SpecialType.System_Object
                or SpecialType.System_ValueType
            } call => call.Instance,
            IMethodReferenceOperation reference => reference.Instance,
            IInterpolationOperation interpolation => interpolation.Expression,
            _ => null,
        };
        if (ModelTypes.IsModelStruct(model?.Type))
        {
            Report(context.ReportDiagnostic, Descriptors.Boxed, Place(context.Operation), model!.Type!);
        }
    }

    private static Location Place(IOperation operation) =>
        (operation is IInterpolationOperation interpolation ? interpolation.Expression : operation).Syntax
            .GetLocation();

    /// <summary>A variable of a method around a lambda that uses it lives in an object on the heap.</summary>
    private static void Variable(OperationAnalysisContext context)
    {
        (ISymbol variable, ITypeSymbol type) = context.Operation is ILocalReferenceOperation local
            ? (local.Local, local.Local.Type)
            : ((ISymbol)((IParameterReferenceOperation)context.Operation).Parameter, context.Operation.Type!);
        if (!ModelTypes.IsModelStruct(type))
        {
            return;
        }

        for (IOperation? around = context.Operation.Parent; around is not null; around = around.Parent)
        {
            IMethodSymbol? function = (around as IAnonymousFunctionOperation)?.Symbol
                ?? (around as ILocalFunctionOperation)?.Symbol;
            if (SymbolEqualityComparer.Default.Equals(function, variable.ContainingSymbol))
            {
                return;
            }

            if (around is IAnonymousFunctionOperation)
            {
                Report(context.ReportDiagnostic, Descriptors.Captured, context.Operation.Syntax.GetLocation(), type,
                    variable.Name);
                return;
            }
        }
    }

    private static void Copy(OperationAnalysisContext context)
    {
        IOperation variable = context.Operation;
        if (ModelTypes.IsModelStruct(variable.Type) && HowCopied(variable) is { } how)
        {
            Report(context.ReportDiagnostic, Descriptors.Copied, variable.Syntax.GetLocation(), variable.Type!, how);
        }
    }

    private static string? HowCopied(IOperation variable) => variable.Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: RefKind.None } } =>
            "This variable holds a copy of",
        IFieldInitializerOperation => "This field holds a copy of",
        ISimpleAssignmentOperation { IsRef: false } assignment when ReferenceEquals(assignment.Value, variable) =>
            "This assignment copies",
        IReturnOperation when variable.Syntax.Parent is not RefExpressionSyntax => "This returns a copy of",
        ITupleOperation => "This tuple holds a copy of",
        IArgumentOperation { Parameter: { RefKind: RefKind.None } parameter } when !IsReportedItself(parameter) =>
            $"Parameter '{parameter.Name}' takes a copy of",
        _ => null,
    };

    private static bool IsReportedItself(IParameterSymbol parameter) =>
        !parameter.DeclaringSyntaxReferences.IsEmpty && ModelTypes.IsModelStruct(parameter.OriginalDefinition.Type);

    private static Location At(ISymbol symbol) => symbol.Locations[0];

    private static void Report(Action<Diagnostic> report, DiagnosticDescriptor descriptor, Location at,
        ITypeSymbol model, string? what = null) =>
        report(Diagnostic.Create(
            descriptor, at,
            ImmutableDictionary<string, string?>.Empty.Add(ModelProperty, model.GetDocumentationCommentId()),
            model.Name, Literals.Number(ModelTypes.InstanceBytes(model)), what));
}
