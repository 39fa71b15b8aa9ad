using System.Collections.Immutable;

namespace TinyQuant.Generator;

/// <summary>An argument of a kernel's call, or a field of a structure that is one.</summary>
/// <param name="Name">The parameter; empty where the value says by itself what it is.</param>
/// <param name="Text">The value, as C#; of a structure its type.</param>
/// <param name="Fields">The fields of a structure that the call creates; none of any other value.</param>
internal sealed record KernelArgument(string Name, string Text, ImmutableArray<KernelArgument> Fields)
{
    public bool IsStructure => !Fields.IsEmpty;

    public static implicit operator KernelArgument(string text) => new("", text, []);

    public static implicit operator KernelArgument((string Name, string Text) named) => new(named.Name, named.Text, []);

    public static implicit operator KernelArgument((string Name, int Value) named) =>
        new(named.Name, Literals.Integer(named.Value), []);

    public static implicit operator KernelArgument((string Name, float Value) named) =>
        new(named.Name, Literals.Float(named.Value), []);

    /// <summary>A structure that the call creates.</summary>
    public static KernelArgument New(string type, params KernelArgument[] fields) => new("", type, [.. fields]);

    /// <summary>As it stands in a call.</summary>
    public override string ToString() => IsStructure ? $"{Head}{List(Fields)})" : Prefix + Text;

    /// <summary>Several in a row.</summary>
    public static string List(IEnumerable<KernelArgument> arguments) =>
        string.Join(", ", arguments.Select(a => a.ToString()));

    /// <summary>What stands before the fields of a structure.</summary>
    public string Head => $"{Prefix}new {Text}(";

    private string Prefix => Name.Length == 0 ? "" : Name + ": ";
}
