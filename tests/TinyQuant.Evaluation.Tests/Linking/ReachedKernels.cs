using System.Reflection;

namespace TinyQuant.Evaluation.Tests.Linking;

/// <summary>
/// What of the library a program reaches that runs one model, by its instructions alone: each method that another one
/// names, with its type arguments, and of a call through an interface that of the type in its place.
/// </summary>
internal sealed class ReachedKernels
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
        | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Module s_library = typeof(QuantizedModelAttribute).Module;

    private readonly Module _program;
    private readonly HashSet<MethodBase> _seen = [];
    private readonly Stack<MethodBase> _open = new();
    private readonly HashSet<Type> _called = [];
    private readonly HashSet<Type> _reached = [];

    private ReachedKernels(Type model)
    {
        _program = model.Module;
        foreach (MethodInfo method in model.GetMethods(Any).Where(m => m.Name is "Run" or "Reset"))
        {
            Open(method);
        }

        while (_open.TryPop(out MethodBase? method))
        {
            foreach ((MemberInfo member, Type? constrained) in IlReader.Members(method))
            {
                Reach(member, constrained, isCalled: method.Module == _program);
            }
        }
    }

    /// <summary>Types of the library that the generated code names itself.</summary>
    public IReadOnlySet<Type> Called => _called;

    /// <summary>All types of the library that it reaches, those that lie in others by the outermost.</summary>
    public IReadOnlySet<Type> Reached => _reached;

    /// <summary>What a program reaches that runs a model, and sets its state back, by its generated type.</summary>
    public static ReachedKernels Of(Type model) => new(model);

    private void Reach(MemberInfo member, Type? constrained, bool isCalled)
    {
        Type? type = member as Type ?? member.DeclaringType;
        if (type is null || (type.Module != s_library && type.Module != _program))
        {
            return;
        }

        if (type.Module == s_library)
        {
            Add(Outermost(type), isCalled);
        }

        if (type.TypeInitializer is { } initializer)
        {
            Open(initializer);
        }

        foreach (MethodBase target in member is MethodBase method ? Targets(method, constrained) : [])
        {
            Open(target);
        }
    }

    private void Add(Type type, bool isCalled)
    {
        _reached.Add(type);
        if (isCalled)
        {
            _called.Add(type);
        }
    }

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.IsGenericType ? type.GetGenericTypeDefinition() : type;
    }

    private void Open(MethodBase method)
    {
        if ((method.Module == s_library || method.Module == _program) && _seen.Add(method))
        {
            _open.Push(method);
        }
    }

    /// <summary>The method; of one of an interface those that have its name in the type that a call is of.</summary>
    private static IEnumerable<MethodBase> Targets(MethodBase method, Type? constrained)
    {
        if (constrained is null || method.DeclaringType is not { IsInterface: true })
        {
            return [method];
        }

        MethodInfo[] own =
        [
            .. constrained.GetMethods(Any).Where(
                m => m.Name == method.Name || m.Name.EndsWith("." + method.Name, StringComparison.Ordinal)),
        ];
        Type[] arguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        return own.Length == 0 ? [method] : own.Where(m => m.GetGenericArguments().Length == arguments.Length)
            .Select(m => m.IsGenericMethodDefinition ? m.MakeGenericMethod(arguments) : m);
    }
}
