using System.Collections.Immutable;
using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>The range of every activation of a graph, by the tensor's name.</summary>
public sealed class Calibration
{
    private readonly ImmutableDictionary<string, ValueRange> _ranges;

    /// <summary>Takes ranges that are known already.</summary>
    public Calibration(IEnumerable<KeyValuePair<string, ValueRange>> ranges) =>
        _ranges = ranges.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The ranges by tensor name.</summary>
    public IReadOnlyDictionary<string, ValueRange> Ranges => _ranges;

    /// <summary>The same with one range set, for an input whose range is known without looking.</summary>
    public Calibration With(string tensor, ValueRange range) => new(_ranges.SetItem(tensor, range));

    /// <summary>The range of a tensor.</summary>
    /// <exception cref="ArgumentException">It was not calibrated, or its range is not finite.</exception>
    public ValueRange this[Tensor tensor]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(tensor);
            if (!_ranges.TryGetValue(tensor.Name, out ValueRange range))
            {
                throw new ArgumentException($"Calibration has no range for '{tensor.Name}'.", nameof(tensor));
            }

            if (!float.IsFinite(range.Max - range.Min) || range.Min > range.Max)
            {
                throw new ArgumentException(
                    Invariant($"The range of '{tensor.Name}' is [{range.Min}, {range.Max}]; expected finite ")
                        + "numbers in order.",
                    nameof(tensor));
            }

            return range;
        }
    }
}
