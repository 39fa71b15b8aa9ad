using Microsoft.CodeAnalysis;

namespace TinyQuant.Generator;

/// <summary>Where a class holds a model for whoever comes.</summary>
internal static class HeldModels
{
    /// <summary>
    /// A field of one of these, or of <c>object</c>, is taken for a lock around the model of the class.
    /// </summary>
    private static readonly HashSet<string> s_locks = ["Lock", "SemaphoreSlim", "Semaphore", "Mutex", "SpinLock"];

    /// <summary>
    /// The model that a variable of the type holds: itself, or the value of a <c>Lazy</c>; null for none.
    /// </summary>
    public static ITypeSymbol? ModelIn(ITypeSymbol type)
    {
        ITypeSymbol held = type is INamedTypeSymbol { Name: "Lazy", TypeArguments: [{ } value] } ? value : type;
        return ModelTypes.IsModel(held) ? held : null;
    }

    /// <summary>
    /// A field of the class, or of one that it derives from, with a model, or a parameter of a constructor, which is
    /// kept; none where there is a lock beside it.
    /// </summary>
    public static (string Name, ITypeSymbol Model)? In(INamedTypeSymbol service)
    {
        List<IFieldSymbol> fields = [];
        for (INamedTypeSymbol? type = service; type is not null; type = type.BaseType)
        {
            fields.AddRange(type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic));
        }

        if (fields.Any(f => IsLock(f.Type)))
        {
            return null;
        }

        IEnumerable<(string Name, ITypeSymbol Type)> all = fields.Select(f =>
            (f.AssociatedSymbol?.Name ?? f.Name, f.Type))
            .Concat(service.InstanceConstructors.SelectMany(c => c.Parameters).Select(p => (p.Name, p.Type)));
        foreach ((string name, ITypeSymbol type) in all)
        {
            if (ModelIn(type) is { } model)
            {
                return (name, model);
            }
        }

        return null;
    }

    /// <summary>Whether each thread has a value of its own in the field.</summary>
    public static bool IsOfThread(IFieldSymbol field) =>
        field.GetAttributes().Any(a => a.AttributeClass is { Name: "ThreadStaticAttribute" });

    private static bool IsLock(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Object
        || (s_locks.Contains(type.Name) && type.ContainingNamespace.ToDisplayString() == "System.Threading");
}
