using System.Collections.Immutable;
using TinyQuant.Import.Tflite.FlatBuffers;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>The options table of an operator, whose fields are all known here.</summary>
internal readonly struct OperatorOptions(FlatTable table)
{
    public byte UInt8(int field) => table.UInt8(field);

    public bool Flag(int field) => table.Flag(field);

    public int Int32(int field, int missing = 0) => table.Int32(field, missing);

    public float Float32(int field) => table.Float32(field);

    /// <summary>A list of int32; empty where there is none.</summary>
    public ImmutableArray<int> Integers(int field) => [.. table.Vector(field, sizeof(int)).ToInt32()];

    /// <summary>A number of the enum <c>Padding</c>.</summary>
    public Padding Padding(int field) => table.UInt8(field) switch
    {
        0 => Model.Padding.Same,
        1 => Model.Padding.Valid,
        var other => throw new UnsupportedException($"padding {other} is unknown"),
    };

    /// <summary>A number of the enum <c>ActivationFunctionType</c>.</summary>
    public Activation Activation(int field) => table.UInt8(field) switch
    {
        0 => Model.Activation.None,
        1 => Model.Activation.Relu,
        2 => Model.Activation.ReluN1To1,
        3 => Model.Activation.Relu6,
        4 => throw new UnsupportedException("the fused activation TANH is not supported"),
        5 => throw new UnsupportedException("the fused activation SIGN_BIT is not supported"),
        var other => throw new UnsupportedException($"fused activation {other} is unknown"),
    };

    /// <summary>Two values that the schema has as width and then height, as height,width.</summary>
    public (int Height, int Width) HeightWidth(int width, int height, int missing = 0) =>
        (Int32(height, missing), Int32(width, missing));
}
