using System.Runtime.InteropServices;
using TinyQuant.Kernels;

namespace TinyQuant.Bench;

/// <summary>Signal operators over what an audio preprocessor has: 30 ms at 16 kHz, and 40 channels.</summary>
internal sealed class SignalWorkloads
{
    private const int Samples = 480;
    private const int Pairs = 256;
    private const int Channels = 40;

    private readonly short[] _samples = new short[2 * Pairs];
    private readonly short[] _weights = new short[2 * Pairs];
    private readonly short[] _output = new short[(2 * Pairs) + 2];
    private readonly int[] _words = new int[2 * Pairs];
    private readonly int[] _wordSpectrum = new int[(2 * Pairs) + 2];
    private readonly float[] _reals = new float[2 * Pairs];
    private readonly float[] _realSpectrum = new float[(2 * Pairs) + 2];
    private readonly short[] _state = new short[Samples];
    private readonly int[] _count = new int[1];
    private readonly bool[] _valid = new bool[1];
    private readonly uint[] _energies = new uint[Pairs + 1];
    private readonly uint[] _channels = new uint[Channels];
    private readonly uint[] _noise = new uint[Channels];
    private readonly ulong[] _sums = new ulong[Channels];
    private readonly uint[] _results = new uint[Channels];
    private readonly short[] _table = new short[129];
    private readonly short[] _widths = [.. Enumerable.Repeat((short)6, Channels + 1)];
    private readonly short[] _starts = [.. Enumerable.Range(0, Channels + 1).Select(c => (short)(6 * c))];
    private readonly int[] _radices = [4, 4, 4, 4];
    private readonly Tables<short> _shortTables = new(x => (short)Math.Round(x * short.MaxValue));
    private readonly Tables<int> _intTables = new(x => (int)Math.Round(x * int.MaxValue));
    private readonly Tables<float> _floatTables = new(x => (float)x);

    public SignalWorkloads()
    {
        Random random = new(1);
        random.NextBytes(MemoryMarshal.AsBytes(_samples.AsSpan()));
        random.NextBytes(MemoryMarshal.AsBytes(_weights.AsSpan()));
        random.NextBytes(MemoryMarshal.AsBytes(_words.AsSpan()));
        random.NextBytes(MemoryMarshal.AsBytes(_energies.AsSpan()));
        random.NextBytes(MemoryMarshal.AsBytes(_channels.AsSpan()));
        random.NextBytes(MemoryMarshal.AsBytes(_sums.AsSpan()));
        for (int i = 0; i < _reals.Length; i++)
        {
            _reals[i] = random.NextSingle();
        }
    }

    /// <summary>A name, the bytes that are read, and the work.</summary>
    public IEnumerable<(string Name, int Bytes, Func<int> Run)> All =>
    [
        ("SignalWindow 480", 4 * Samples, () => Run(() =>
            SignalWindow.Run(First(_samples), First(_weights), 12, First(_output)))),
        ("SignalFftAutoScale 480", 2 * Samples, () => Run(() =>
            SignalFftAutoScale.Run(First(_samples), First(_output), _count))),
        ("SignalRfft 512 int16", 4 * Pairs, () => Run(() => SignalRfft.Int16(
            _samples, 1, _radices, _shortTables.Twiddles, _shortTables.Half, _output))),
        ("SignalRfft 512 int32", 8 * Pairs, () => Run(() => SignalRfft.Int32(
            _words, 1, _radices, _intTables.Twiddles, _intTables.Half, _wordSpectrum))),
        ("SignalRfft 512 float32", 8 * Pairs, () => Run(() => SignalRfft.Float32(
            _reals, 1, _radices, _floatTables.Twiddles, _floatTables.Half, _realSpectrum))),
        ("SignalEnergy 256", 4 * Pairs, () => Run(() =>
            SignalEnergy.Run(_samples, 5, 241, _energies.AsSpan(0, Pairs)))),
        ("SignalFilterBank 40 channels", 6 * 8 * (Channels + 1), () => Run(() =>
            SignalFilterBank.Run(_energies, _weights, _weights, _starts, _starts, _widths, _sums))),
        ("SignalFilterBankSquareRoot 40", 8 * Channels, () => Run(() =>
            SignalFilterBankSquareRoot.Run(_sums, _count, _results))),
        ("SignalFilterBankSpectralSubtraction 40", 8 * Channels, () => Run(() =>
            SignalFilterBankSpectralSubtraction.Run(
                _channels, new(655, 15_729, 327, 16_057, 819, 10, 14), false, _noise, _results,
                _results))),
        ("SignalPcan 40", 8 * Channels, () => Run(() =>
            SignalPcan.Run(_channels, _noise, _table, 6, _results))),
        ("SignalFilterBankLog 40", 4 * Channels, () => Run(() =>
            SignalFilterBankLog.Run(_channels, _table, 3, 1_600, _output.AsSpan(0, Channels)))),
        ("SignalDelay 480 by 160", 2 * (Samples + 160), () => Run(() =>
            SignalDelay.Run(First(_samples), 1, _state.AsSpan(0, 160), First(_output)))),
        ("SignalFramer 480, step 160", 2 * (Samples + 160), () => Run(() =>
            SignalFramer.Run(_samples.AsSpan(0, 160), 1, 1, _state, _count, First(_output), _valid))),
        ("SignalOverlapAdd 480, step 160", 4 * Samples, () => Run(() =>
            SignalOverlapAdd.Int16(First(_samples), 1, 1, _state, _output.AsSpan(0, 160)))),
        ("SignalStacker 3 of 40", 8 * Channels, () => Run(() =>
            SignalStacker.Run(_samples.AsSpan(0, Channels), 0, 1, _state.AsSpan(0, 3 * Channels), _count,
                _output.AsSpan(0, 3 * Channels), _valid))),
    ];

    private static Span<short> First(short[] samples) => samples.AsSpan(0, Samples);

    private int Run(Action run)
    {
        run();
        return _output[0] + (int)_results[0];
    }

    /// <summary>The twiddles of a transform of 512.</summary>
    private sealed class Tables<T>(Func<double, T> number)
    {
        public T[] Twiddles { get; } = Of(number, 0, Pairs, k => -2 * Math.PI * k / Pairs);

        public T[] Half { get; } = Of(number, 1, Pairs / 2, k => -Math.PI * (((double)k / Pairs) + 0.5));

        private static T[] Of(Func<double, T> number, int first, int count, Func<int, double> angle) =>
            [.. Enumerable.Range(first, count).Select(angle)
                .SelectMany(a => new[] { number(Math.Cos(a)), number(Math.Sin(a)) })];
    }
}
