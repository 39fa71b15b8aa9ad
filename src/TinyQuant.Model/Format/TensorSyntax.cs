using System.Collections.Immutable;
using System.Globalization;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model.Format;

/// <summary>What follows a tensor's name: type, shape, scale, axis, zero point, data.</summary>
internal sealed class TensorSyntax
{
    private TensorSyntax(TensorType type, ImmutableArray<int> shape)
    {
        Type = type;
        Shape = shape;
    }

    public TensorType Type { get; }

    public ImmutableArray<int> Shape { get; }

    public Quantization? Quantization { get; private set; }

    public bool HasData { get; private set; }

    public bool IsVariable { get; private set; }

    /// <summary>The bytes of data that follow; the statement is right.</summary>
    public int ByteLength => new Tensor("", Type, Shape, Quantization).ByteLength;

    /// <summary>The rest of the statement; null where it is wrong.</summary>
    public static TensorSyntax? Read(StatementReader reader)
    {
        if (reader.Next("an element type") is not { } typeToken)
        {
            return null;
        }

        if (!TensorTypes.TryParse(typeToken.Text, out TensorType type))
        {
            reader.Fail(typeToken, ModelErrorKind.Unsupported,
                $"'{typeToken.Text}' is not an element type; expected {TensorTypes.Names}");
            return null;
        }

        if (reader.Next("a shape") is not { } shapeToken || ReadShape(reader, shapeToken, type) is not { } shape)
        {
            return null;
        }

        var syntax = new TensorSyntax(type, shape);
        return syntax.ReadProperties(reader) ? syntax : null;
    }

    private static ImmutableArray<int>? ReadShape(StatementReader reader, Token token, TensorType type)
    {
        string[]? items = ReadList(token);
        ImmutableArray<int>.Builder shape = ImmutableArray.CreateBuilder<int>();
        long bytes = TensorValidator.ComputedBytes(type);
        foreach (string item in items ?? [""])
        {
            if (!int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out int dimension)
                || dimension < 1)
            {
                reader.Fail(token, $"'{token.Text}' is not a shape; expected dimensions of at least 1, as in [1,784]");
                return null;
            }

            shape.Add(dimension);
            bytes *= dimension;
            if (bytes > ModelLimits.TensorBytes || shape.Count > ModelLimits.Dimensions)
            {
                reader.Fail(token, $"a tensor of shape {token.Text} is too large; expected at most "
                    + $"{ModelLimits.TensorBytes} bytes and {ModelLimits.Dimensions} dimensions");
                return null;
            }
        }

        return shape.ToImmutable();
    }

    private bool ReadProperties(StatementReader reader)
    {
        ImmutableArray<float>? scales = null;
        int? zeroPoint = null;
        int? axis = null;
        int? group = null;
        Token at = default;
        while (reader.Peek is { } key)
        {
            reader.Next("");
            at = scales is null && !key.Is("data") && !key.Is("variable") ? key : at;
            bool again = (key.Text, scales, zeroPoint, axis, group) is
                ("scale", not null, _, _, _) or ("zero", _, not null, _, _) or ("axis", _, _, not null, _)
                    or ("group", _, _, _, not null);
            if (key.Is("data"))
            {
                HasData = true;
                reader.End();
                break;
            }
            else if (IsVariable)
            {
                reader.Fail(key, $"'{key.Text}' stands behind 'variable'; expected data or the end of the line");
            }
            else if (again)
            {
                reader.Fail(key, $"'{key.Text}' stands twice; expected it once");
            }
            else if (key.Is("scale"))
            {
                at = reader.Next("a scale") ?? key;
                scales = reader.Failed ? null : ReadScales(reader, at);
            }
            else if (key.Is("zero"))
            {
                zeroPoint = reader.Integer("a zero point", Type.ZeroPoints().Min, Type.ZeroPoints().Max);
            }
            else if (key.Is("axis"))
            {
                axis = reader.Integer("an axis", 0, Math.Max(0, Shape.Length - 1));
            }
            else if (key.Is("group"))
            {
                group = reader.Integer("a group size", Int4Data.GroupSize, Int4Data.GroupSize);
            }
            else if (key.Is("variable"))
            {
                IsVariable = true;
            }
            else
            {
                reader.Fail(key,
                    $"'{key.Text}' is not a property of a tensor; expected scale, zero, axis, group, variable or data");
            }

            if (reader.Failed)
            {
                return false;
            }
        }

        return Quantize(reader, at, scales, zeroPoint, axis, group);
    }

    private bool Quantize(
        StatementReader reader, Token at, ImmutableArray<float>? scales, int? zeroPoint, int? axis, int? group)
    {
        if (scales is null)
        {
            if (zeroPoint is not null || axis is not null || group is not null)
            {
                reader.Fail(at, $"'{at.Text}' without a scale; expected scale too");
                return false;
            }

            return true;
        }

        int along = axis ?? 0;
        if (scales.Value.Length > 1 && (Shape.Length == 0 || scales.Value.Length != Shape[along]))
        {
            reader.Fail(at, ModelErrorKind.Mismatch,
                Invariant($"there are {scales.Value.Length} scales; expected one, or one for each slice along ")
                    + Invariant($"axis {along}"));
            return false;
        }

        Quantization = new Quantization(scales.Value, zeroPoint ?? 0, along, group ?? 0);
        if (Int4Data.GroupError(new Tensor("", Type, Shape, Quantization)) is { } error)
        {
            reader.Fail(at, $"the tensor {error}");
            return false;
        }

        return true;
    }

    private static ImmutableArray<float>? ReadScales(StatementReader reader, Token token)
    {
        ImmutableArray<float>.Builder scales = ImmutableArray.CreateBuilder<float>();
        string[] items = ReadList(token) ?? [token.Text];
        bool mayBeZero = items.Length > 1; // of weights that are all zero
        foreach (string item in items.Length == 0 ? [""] : items)
        {
            if (!float.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out float scale)
                || !(scale > 0 || (scale == 0 && mayBeZero)) || float.IsInfinity(scale))
            {
                reader.Fail(
                    token, $"'{item}' is not a scale; expected a positive finite number, or a list as in [0.5,0.25]");
                return null;
            }

            scales.Add(scale);
        }

        return scales.ToImmutable();
    }

    /// <summary>The items of <c>[a,b]</c>; null where it is not a list.</summary>
    private static string[]? ReadList(Token token)
    {
        string text = token.Text;
        if (text.Length < 2 || text[0] != '[' || text[text.Length - 1] != ']')
        {
            return null;
        }

        return text.Length == 2 ? [] : text.Substring(1, text.Length - 2).Split(',');
    }
}
