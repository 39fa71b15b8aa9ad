namespace TinyQuant.Model;

/// <summary>
/// The greatest of any run of values, at once: of each run whose length is a power of two it is known beforehand.
/// </summary>
internal sealed class RangeMaximum
{
    private readonly List<long[]> _levels;

    public RangeMaximum(long[] values)
    {
        _levels = [values];
        for (int half = 1; half * 2 <= values.Length; half *= 2)
        {
            long[] below = _levels[_levels.Count - 1];
            long[] level = new long[values.Length - (half * 2) + 1];
            for (int i = 0; i < level.Length; i++)
            {
                level[i] = Math.Max(below[i], below[i + half]);
            }

            _levels.Add(level);
        }
    }

    /// <summary>The greatest value from one index to before another.</summary>
    public long Of(int from, int to)
    {
        int level = 0;
        while (2 << level <= to - from)
        {
            level++;
        }

        return Math.Max(_levels[level][from], _levels[level][to - (1 << level)]);
    }
}
