using AttributeType = TinyQuant.Export.Onnx.AttributeProto.Types.AttributeType;

namespace TinyQuant.Export.Onnx;

/// <summary>The attributes of nodes.</summary>
internal static class Attributes
{
    public static AttributeProto Of(string name, long value) =>
        new() { Name = name, Type = AttributeType.Int, I = value };

    public static AttributeProto Of(string name, IEnumerable<int> values) =>
        new() { Name = name, Type = AttributeType.Ints, Ints = { values.Select(v => (long)v) } };
}
