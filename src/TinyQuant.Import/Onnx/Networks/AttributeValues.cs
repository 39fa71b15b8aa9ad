using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Networks;

/// <summary>Attributes of a file as those of a node.</summary>
internal static class AttributeValues
{
    /// <summary>The attributes of a node.</summary>
    /// <param name="node">The node in the file.</param>
    /// <param name="given">What references mean, in the body of a function; what is not there is left out.</param>
    /// <exception cref="UnsupportedException">One is there twice, or of a kind that is not read.</exception>
    public static Attributes Of(OnnxNode node, ImmutableDictionary<string, object> given)
    {
        var attributes = new Attributes();
        foreach (OnnxAttribute attribute in node.Attributes)
        {
            if (attributes.Has(attribute.Name))
            {
                throw new UnsupportedException($"attribute '{Places.Shown(attribute.Name)}' is there twice");
            }

            object? value = attribute.Reference.Length == 0
                ? Of(attribute)
                : given.GetValueOrDefault(attribute.Reference);
            if (value is not null)
            {
                attributes.Set(attribute.Name, value);
            }
        }

        return attributes;
    }

    /// <summary>What an attribute is.</summary>
    /// <exception cref="UnsupportedException">It is of a kind that is not read.</exception>
    public static object Of(OnnxAttribute attribute) => attribute.Kind switch
    {
        OnnxAttributeKind.Float => attribute.Float,
        OnnxAttributeKind.Int => attribute.Int,
        OnnxAttributeKind.String => attribute.String,
        OnnxAttributeKind.Tensor when attribute.Tensor is not null => ConstantReader.Of(attribute.Tensor),
        OnnxAttributeKind.Graph when attribute.Graph is not null => attribute.Graph,
        OnnxAttributeKind.Floats => attribute.Floats,
        OnnxAttributeKind.Ints => attribute.Ints,
        OnnxAttributeKind.Strings => attribute.Strings,
        OnnxAttributeKind.Undefined => ImmutableArray<long>.Empty, // an empty list of an old file
        _ => throw new UnsupportedException(
            $"attribute '{Places.Shown(attribute.Name)}' is of the kind {Word(attribute.Kind)}; expected a number, "
                + "text, tensor or graph, or a list of numbers or texts"),
    };

    private static string Word(OnnxAttributeKind kind) =>
        kind <= OnnxAttributeKind.TypeProtos ? kind.ToString() : Invariant($"{(int)kind}");
}
