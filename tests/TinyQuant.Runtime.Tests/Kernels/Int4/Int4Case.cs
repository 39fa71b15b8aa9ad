namespace TinyQuant.Runtime.Tests.Kernels.Int4;

/// <summary>Random int4 weights [outputs, depth], packed, and what they are in int8 by plain loops.</summary>
internal sealed class Int4Case : IDisposable
{
    private const int GroupInputs = 32;

    /// <param name="outputs">Outputs.</param>
    /// <param name="depth">Inputs.</param>
    /// <param name="rows">Rows that an output's inputs come in, each of which is padded to 4.</param>
    /// <param name="grouped">Whether groups have multipliers.</param>
    /// <param name="random">Where the numbers come from.</param>
    public Int4Case(int outputs, int depth, int rows, bool grouped, Random random)
    {
        int rowLength = depth / rows;
        int padded = (rowLength + 3) / 4 * 4;
        int groups = ((rows * padded) + GroupInputs - 1) / GroupInputs;
        sbyte[] codes = [.. Enumerable.Range(0, outputs * depth).Select(_ => (sbyte)random.Next(-7, 8))];
        sbyte[] multipliers = [
            .. Enumerable.Range(0, outputs * groups).Select(_ => (sbyte)(grouped ? random.Next(1, 19) : 1))];
        Weights = new sbyte[codes.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            int o = i / depth, row = i % depth / rowLength, column = i % rowLength;
            Weights[i] = (sbyte)(codes[i] * multipliers[(o * groups) + (((row * padded) + column) / GroupInputs)]);
        }

        Packed = new(PackedWeights.PackInt4(PackedWeights.PackRows(codes, outputs, rows, rowLength)));
        Multipliers = new(grouped ? PackedWeights.PackMultipliers(multipliers, outputs, groups) : []);
    }

    /// <summary>[outputs, depth], as int8.</summary>
    public sbyte[] Weights { get; }

    public GuardedBuffer<sbyte> Packed { get; }

    public GuardedBuffer<sbyte> Multipliers { get; }

    public void Dispose()
    {
        Packed.Dispose();
        Multipliers.Dispose();
    }
}
