using System.Globalization;
using System.Runtime.InteropServices;
using TinyQuant.Kernels;

namespace TinyQuant.Generator.Tests.Sweeps;

/// <summary>The arguments of a kernel's call as values, read from the C# that the generator writes for them.</summary>
internal sealed class KernelArguments(KernelCall call, IReadOnlyDictionary<string, byte[]> spans)
{
    /// <summary>A span by its name; of no length for <c>default</c>.</summary>
    public Span<T> Span<T>(int argument)
        where T : struct => Named<T>(call.Arguments[argument]);

    /// <summary>An integer, with or without the parameter's name before it.</summary>
    public int Number(int argument)
    {
        string text = call.Arguments[argument];
        return Parse(text.AsSpan(text.IndexOf(':', StringComparison.Ordinal) + 1));
    }

    /// <summary>The integer of a parameter of the structure that an argument creates.</summary>
    public int Field(int argument, string name)
    {
        string text = call.Arguments[argument];
        int at = text.IndexOf($"({name}: ", StringComparison.Ordinal);
        at = at >= 0 ? at : text.IndexOf($" {name}: ", StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{name}' is missing in {text}");
        ReadOnlySpan<char> value = text.AsSpan(at + name.Length + 3);
        return Parse(value[..value.IndexOfAny(',', ')')]);
    }

    public Requantization Requantization(int argument)
    {
        string[] names = Created(argument);
        return new(Named<int>(names[0]), Named<int>(names[1]), Field(argument, "zeroPoint"), Field(argument, "min"), Field(argument, "max"));
    }

    public WindowGeometry Window(int argument) => new(
        Field(argument, "batches"), Field(argument, "inputHeight"), Field(argument, "inputWidth"), Field(argument, "inputChannels"),
        Field(argument, "outputHeight"), Field(argument, "outputWidth"), Field(argument, "outputChannels"),
        Field(argument, "filterHeight"), Field(argument, "filterWidth"));

    /// <summary>A table of sizes and strides, behind the number of the first element.</summary>
    public StridedView View(int argument)
    {
        string[] parts = Created(argument);
        ReadOnlySpan<int> table = Table(parts[1]);
        return new(Parse(parts[0]), table[..(table.Length / 2)], table[(table.Length / 2)..]);
    }

    /// <summary>A table of sizes and the strides of both operands; nothing where they have one shape.</summary>
    public BroadcastGeometry Broadcast(int argument)
    {
        if (call.Arguments[argument] == "default")
        {
            return default;
        }
        ReadOnlySpan<int> table = Table(Created(argument)[0]);
        int rank = table.Length / 3;
        return new(table[..rank], table.Slice(rank, rank), table[(2 * rank)..]);
    }

    private string[] Created(int argument)
    {
        string text = call.Arguments[argument];
        return text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(", ");
    }

    private ReadOnlySpan<int> Table(string slice) => Named<int>(slice.Split(".Slice")[0]);

    private Span<T> Named<T>(string name)
        where T : struct => name == "default" ? [] : MemoryMarshal.Cast<byte, T>(spans[name].AsSpan());

    private static int Parse(ReadOnlySpan<char> text) =>
        int.Parse(text.ToString().Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
