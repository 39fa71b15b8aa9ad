using TinyQuant.Import.Source;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.State;

/// <summary>A resource variable: what the first assignment and the initialization say of it.</summary>
/// <param name="container">Where its name counts; empty for none.</param>
/// <param name="name">Its shared name.</param>
/// <param name="number">Its place among the variables of the file, from 0.</param>
internal sealed class Variable(string container, string name, int number)
{
    private SourceTensor? _assigned;
    private SourceTensor? _initial;

    public string Container => container;

    public string Name => name;

    public int Number => number;

    /// <summary>
    /// What is assigned first, or by the initialization where nothing else is: it gives type, shape and scale. Null
    /// where nothing is assigned.
    /// </summary>
    public SourceTensor? Value => _assigned ?? _initial;

    /// <summary>A value is assigned; the first one counts.</summary>
    public void SetValue(SourceTensor value) => _assigned ??= value;

    /// <summary>The initialization assigns a constant; the last one counts.</summary>
    public void SetInitial(SourceTensor value) => _initial = value;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public string? Error() => Value is null
        ? $"the variable '{name}' is read and nothing assigns it; expected ASSIGN_VARIABLE, or CALL_ONCE of a "
            + "subgraph that does"
        : _initial is { } initial && (initial.Type != Value.Type || initial.ElementCount != Value.ElementCount)
        ? $"the variable '{name}' begins with {initial.TypeAndShape} and is assigned {Value.TypeAndShape}; expected "
            + "one type and as many elements"
        : null;

    /// <summary>The variable tensor.</summary>
    /// <param name="index">Its index in a subgraph.</param>
    /// <param name="value">What gives type, shape and scale.</param>
    public SourceTensor ToTensor(int index, SourceTensor value) => value with
    {
        Index = index,
        Name = name,
        StateKey = Invariant($"variable {number}"),
        Buffer = default,
        IsVariable = true,
        Initial = _initial?.Buffer.Data ?? InitialCodes(value),
        // Codes are copied, so that a scale for each slice means nothing here.
        Quantization = value.Quantization.Scales.Length == 1 ? value.Quantization : SourceQuantization.None,
    };

    /// <summary>
    /// The reference fills the bytes of a variable with the low byte of the zero point. That is real 0 in int8, to
    /// which a variable tensor is set anyway; in wider types it is the reference's own.
    /// </summary>
    private static ReadOnlyMemory<byte>? InitialCodes(SourceTensor value)
    {
        if (value.Type is SourceType.Int8 || value.Quantization.ZeroPoints is not [var zeroPoint, ..]
            || (byte)zeroPoint == 0 || value.ElementCount is not { } count
            || value.Type.ToModel() is not { } type || count > ModelLimits.TensorBytes / type.SizeInBytes())
        {
            return null;
        }

        byte[] codes = new byte[count * type.SizeInBytes()];
        Array.Fill(codes, (byte)zeroPoint);
        return codes;
    }
}
