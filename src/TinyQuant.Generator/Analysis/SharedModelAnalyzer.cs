using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TinyQuant.Generator;

/// <summary>
/// Warns where one instance of a model serves several threads: as a singleton of dependency injection, in a static
/// field of a web application, or captured by what runs in parallel. An instance has one working memory.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.Singleton, Descriptors.StaticInWeb, Descriptors.SharedByThreads];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Registration, OperationKind.Invocation, OperationKind.ObjectCreation);
        context.RegisterOperationAction(Parallel, OperationKind.Invocation);
        context.RegisterCompilationStartAction(start =>
        {
            if (ParallelCode.IsOfWeb(start.Compilation))
            {
                start.RegisterSymbolAction(StaticField, SymbolKind.Field);
                start.RegisterSymbolAction(StaticProperty, SymbolKind.Property);
            }
        });
    }

    private static void Registration(OperationAnalysisContext context)
    {
        if (ServiceRegistration.SingletonOf(context.Operation) is not { } service)
        {
            return;
        }

        if (ModelTypes.IsModel(service))
        {
            Report(service, $"'{service.Name}' is a model and would be one for all",
                "AddScoped, AddTransient or a pool, "
                + $"or the static {service.Name}.Run over memory of each request's own");
        }
        else if (service is INamedTypeSymbol type && HeldModels.In(type) is { } held)
        {
            string holds = $"its '{held.Name}' holds a model of type '{held.Model.Name}'";
            Report(null, $"'{service.Name}' would be one for all, and {holds}",
                "a scoped or transient service, a pool, or a lock around the model");
        }

        void Report(ITypeSymbol? model, string what, string expected)
        {
            ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
                .Add(ModelUseAnalyzer.ModelProperty, model?.GetDocumentationCommentId());
            Location at = context.Operation.Syntax.GetLocation();
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.Singleton, at, properties, what, expected));
        }
    }

    private static void StaticField(SymbolAnalysisContext context)
    {
        if (context.Symbol is IFieldSymbol { IsImplicitlyDeclared: false } field)
        {
            Static(context, field);
        }
    }

    private static void StaticProperty(SymbolAnalysisContext context)
    {
        IFieldSymbol? behind = context.Symbol.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, context.Symbol));
        if (behind is not null)
        {
            Static(context, behind);
        }
    }

    private static void Static(SymbolAnalysisContext context, IFieldSymbol field)
    {
        if (field.IsStatic && !HeldModels.IsOfThread(field) && HeldModels.ModelIn(field.Type) is { } model)
        {
            ISymbol member = context.Symbol;
            context.ReportDiagnostic(
                Diagnostic.Create(Descriptors.StaticInWeb, member.Locations[0], member.Name, model.Name));
        }
    }

    private static void Parallel(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (ParallelCode.RunsInParallel(call.TargetMethod))
        {
            foreach ((IOperation reference, string name, ITypeSymbol model) in ParallelCode.SharedModels(call))
            {
                string runner = call.TargetMethod.ContainingType.Name + "." + call.TargetMethod.Name;
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.SharedByThreads, reference.Syntax.GetLocation(), name, model.Name, runner));
            }
        }
    }
}
