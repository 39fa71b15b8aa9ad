using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TinyQuant.Generator;

/// <summary>
/// Delegates that are handed to what calls them from several threads at a time, and the models in them.
/// </summary>
internal static class ParallelCode
{
    /// <summary>
    /// Whether a method calls what it is given from several threads: requests, parallel loops and queries.
    /// </summary>
    public static bool RunsInParallel(IMethodSymbol method)
    {
        string space = method.ContainingNamespace.ToDisplayString();
        return method.ContainingType.Name switch
        {
            "Parallel" => space == "System.Threading.Tasks",
            "ParallelEnumerable" => space == "System.Linq",
            _ => space.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal),
        };
    }

    /// <summary>Whether a program answers requests of ASP.NET Core, which come on many threads.</summary>
    public static bool IsOfWeb(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Http.HttpContext") is not null;

    /// <summary>
    /// References, in the delegates among a call's arguments, to models that are made outside of them.
    /// </summary>
    public static IEnumerable<(IOperation Reference, string Name, ITypeSymbol Model)> SharedModels(
        IInvocationOperation call) =>
        from argument in call.Arguments
        from code in Code(argument.Value)
        from reference in code.Descendants()
        let shared = Shared(reference, code)
        where shared is not null
        select (reference, shared.Name, reference.Type!);

    /// <summary>The bodies of lambdas and of local functions; other methods have nothing but fields.</summary>
    private static IEnumerable<IOperation> Code(IOperation value) => value switch
    {
        IConversionOperation conversion => Code(conversion.Operand),
        IDelegateCreationOperation creation => Code(creation.Target),
        IArrayCreationOperation { Initializer: { } several } => several.ElementValues.SelectMany(Code), // of params
        IAnonymousFunctionOperation => [value],
        IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } local }
            when value.SemanticModel?.GetOperation(local.DeclaringSyntaxReferences[0].GetSyntax()) is { } function =>
                [function],
        _ => [],
    };

    private static ISymbol? Shared(IOperation reference, IOperation code)
    {
        if (!ModelTypes.IsModel(reference.Type))
        {
            return null;
        }

        return reference switch
        {
            ILocalReferenceOperation { Local: { } local } when !IsInside(local) => local,
            IParameterReferenceOperation { Parameter: { } parameter } when !IsInside(parameter) => parameter,
            IFieldReferenceOperation { Field: { IsStatic: false } field, Instance: IInstanceReferenceOperation } =>
                field,
            // In a web application the static field is reported itself.
            IFieldReferenceOperation { Field: { IsStatic: true } field } when !HeldModels.IsOfThread(field)
                && !IsOfWeb(reference.SemanticModel!.Compilation) => field,
            _ => null,
        };

        bool IsInside(ISymbol variable) => variable.DeclaringSyntaxReferences.Any(
            declaration =>
                declaration.SyntaxTree == code.Syntax.SyntaxTree && code.Syntax.Span.Contains(declaration.Span));
    }
}
