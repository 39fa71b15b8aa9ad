using TinyQuant.Kernels.Matrices;

namespace TinyQuant.Kernels.Transposed;

/// <summary>
/// What the taps of a transposed convolution read for four positions of the output, as the factors of four rows.
/// </summary>
/// <param name="factors">Room for <see cref="FourRows"/>.</param>
/// <param name="pieces">Room for a number for every <see cref="FourRows.Step"/> of them.</param>
internal ref struct TapFactors(Span<short> factors, Span<int> pieces)
{
    private readonly Span<short> _factors = factors;
    private readonly Span<int> _pieces = pieces;
    private int _count;
    private int _channel; // the first one of a tap that did not fit; 0 for none

    /// <summary>Takes as many taps, or channels of one, as there is room for.</summary>
    /// <param name="positions">The positions.</param>
    /// <param name="input">Codes of the input.</param>
    /// <param name="zeroPoint">Their zero point.</param>
    /// <param name="channels">How many channels the input has.</param>
    /// <returns>Whether there was one.</returns>
    public bool Fill<TCode>(
        ref TransposedGroups positions, ReadOnlySpan<TCode> input, short zeroPoint, int channels)
        where TCode : unmanaged
    {
        _count = 0;
        int room = _pieces.Length;
        while (_count < room && (_channel > 0 || positions.MoveTap()))
        {
            int depth = Math.Min((room - _count) * FourRows.Step, channels - _channel);
            for (int p = 0; p < FourRows.Count; p++)
            {
                int at = positions.Input(p);
                if (at < 0)
                {
                    FourRows.ClearRow(_factors, depth, p, _count * FourRows.Step);
                }
                else
                {
                    FourRows.SetRow(
                        input.Slice(at + _channel, depth), zeroPoint, _factors, p, _count * FourRows.Step);
                }
            }

            int weight = (positions.Tap * channels) + _channel;
            for (int i = 0; i < depth; i += FourRows.Step)
            {
                _pieces[_count++] = weight + i;
            }

            _channel = _channel + depth < channels ? _channel + depth : 0;
        }

        return _count > 0;
    }

    /// <summary>Adds their products with the weights to the sums.</summary>
    /// <param name="weights">From those of the first output on.</param>
    /// <param name="stride">Weights of an output.</param>
    /// <param name="outputs">How many outputs.</param>
    /// <param name="sums">Of <see cref="FourRows"/>.</param>
    public readonly void AddProducts(ReadOnlySpan<sbyte> weights, int stride, int outputs, Span<int> sums) =>
        ColumnSums.Add(_factors, _pieces[.._count], weights, stride, zeroPoint: 0, outputs, sums);
}
