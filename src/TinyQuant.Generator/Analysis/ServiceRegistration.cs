using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TinyQuant.Generator;

/// <summary>
/// Registrations with Microsoft.Extensions.DependencyInjection, known by name: most programs do not refer to it, and
/// the generator does not either.
/// </summary>
internal static class ServiceRegistration
{
    private const string Namespace = "Microsoft.Extensions.DependencyInjection";
    private const int SingletonLifetime = 0; // ServiceLifetime.Singleton

    /// <summary>Methods that register one instance for all, on a collection and as a descriptor.</summary>
    private static readonly HashSet<string> s_methods =
        ["AddSingleton", "TryAddSingleton", "AddKeyedSingleton", "TryAddKeyedSingleton", "Singleton", "KeyedSingleton"];

    /// <summary>
    /// The type of the one instance that a call registers; null where there is none that can be seen.
    /// </summary>
    /// <param name="operation">A call, or the creation of a <c>ServiceDescriptor</c>.</param>
    public static ITypeSymbol? SingletonOf(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation { TargetMethod: { } method } call when IsOfDependencyInjection(
                method.ContainingType)
                && (s_methods.Contains(method.Name)
                    || (method.Name is "Describe" or "DescribeKeyed" && IsSingleton(call.Arguments))):
                return Implementation(call.Arguments) ?? method.TypeArguments.LastOrDefault();
            case IObjectCreationOperation { Constructor: { } constructor } creation
                when constructor.ContainingType is { Name: "ServiceDescriptor" } type && IsOfDependencyInjection(type)
                    && (IsSingleton(creation.Arguments) || !TakesLifetime(constructor)):
                return Implementation(creation.Arguments);
            default:
                return null;
        }
    }

    private static bool IsOfDependencyInjection(INamedTypeSymbol type) =>
        type.ContainingNamespace.ToDisplayString() is Namespace or Namespace + ".Extensions";

    /// <summary>A descriptor with an instance takes no lifetime: it is a singleton.</summary>
    private static bool TakesLifetime(IMethodSymbol constructor) =>
        constructor.Parameters.Any(p => p.Type.Name == "ServiceLifetime");

    private static bool IsSingleton(IEnumerable<IArgumentOperation> arguments) => arguments.Any(a =>
        a.Parameter?.Type.Name == "ServiceLifetime"
            && a.Value.ConstantValue is { HasValue: true, Value: SingletonLifetime });

    /// <summary>What is said by the arguments: an instance, what a factory returns, the last <c>typeof</c>.</summary>
    private static ITypeSymbol? Implementation(IEnumerable<IArgumentOperation> arguments)
    {
        ITypeSymbol? named = null;
        foreach (IArgumentOperation argument in arguments)
        {
            IOperation value = Unconverted(argument.Value);
            switch (argument.Parameter?.Name)
            {
                case "implementationInstance" or "instance":
                    return value.Type;
                case "implementationFactory" or "factory":
                    return Returned(value);
                case "serviceType" or "service" or "implementationType" when value is ITypeOfOperation type:
                    named = type.TypeOperand;
                    break;
            }
        }

        return named;
    }

    private static ITypeSymbol? Returned(IOperation factory) => factory switch
    {
        IDelegateCreationOperation creation => Returned(creation.Target),
        IMethodReferenceOperation method => method.Method.ReturnType,
        IAnonymousFunctionOperation lambda => lambda.Body.Descendants().OfType<IReturnOperation>()
            .Select(r => r.ReturnedValue is null ? null : Unconverted(r.ReturnedValue).Type).FirstOrDefault(),
        _ => null,
    };

    /// <summary>What a conversion that nobody wrote is of; one that is written says the type.</summary>
    private static IOperation Unconverted(IOperation value) =>
        value is IConversionOperation { IsImplicit: true } conversion ? Unconverted(conversion.Operand) : value;
}
