using System.Globalization;
using System.Runtime.InteropServices;
using TinyQuant.Kernels;

namespace TinyQuant.Generator.Tests.Sweeps;

/// <summary>The arguments of a kernel's call as values, read from what the generator writes for them.</summary>
internal sealed class KernelArguments(KernelCall call, IReadOnlyDictionary<string, byte[]> spans)
{
    /// <summary>A span by its name; of no length for <c>default</c>.</summary>
    public Span<T> Span<T>(int argument)
        where T : struct => Named<T>(call.Arguments[argument].Text);

    public int Number(int argument) => Parse(call.Arguments[argument]);

    /// <summary>The integer of a parameter of the structure that an argument creates.</summary>
    public int Field(int argument, string name) =>
        Parse(Assert.Single(call.Arguments[argument].Fields, f => f.Name == name));

    /// <summary>The table of a parameter of the structure that an argument creates.</summary>
    public Span<int> FieldSpan(int argument, string name) =>
        Named<int>(Assert.Single(call.Arguments[argument].Fields, f => f.Name == name).Text);

    public Requantization Requantization(int argument) => new(
        Named<int>(call.Arguments[argument].Fields[0].Text), Named<int>(call.Arguments[argument].Fields[1].Text),
        Field(argument, "zeroPoint"), Field(argument, "min"), Field(argument, "max"));

    public WindowGeometry Window(int argument) => new(
        Field(argument, "batches"),
        Field(argument, "inputHeight"), Field(argument, "inputWidth"), Field(argument, "inputChannels"),
        Field(argument, "outputHeight"), Field(argument, "outputWidth"), Field(argument, "outputChannels"),
        Field(argument, "filterHeight"), Field(argument, "filterWidth"));

    /// <summary>A table of sizes and strides, behind the number of the first element.</summary>
    public StridedView View(int argument)
    {
        ReadOnlySpan<int> table = Table(argument);
        return new(Field(argument, "begin"), table[..(table.Length / 2)], table[(table.Length / 2)..]);
    }

    /// <summary>A table of sizes and the strides of both operands; nothing where they have one shape.</summary>
    public BroadcastGeometry Broadcast(int argument)
    {
        if (!call.Arguments[argument].IsStructure)
        {
            Assert.Equal("default", call.Arguments[argument].Text);
            return default;
        }

        ReadOnlySpan<int> table = Table(argument);
        int rank = table.Length / 3;
        return new(table[..rank], table.Slice(rank, rank), table[(2 * rank)..]);
    }

    /// <summary>The table of which the argument's structure has slices, from <c>sizes</c> on.</summary>
    private ReadOnlySpan<int> Table(int argument) =>
        Named<int>(Assert.Single(call.Arguments[argument].Fields, f => f.Name == "sizes").Text.Split(".Slice")[0]);

    private Span<T> Named<T>(string name)
        where T : struct => name == "default" ? [] : MemoryMarshal.Cast<byte, T>(spans[name].AsSpan());

    private static int Parse(KernelArgument argument) =>
        int.Parse(argument.Text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
