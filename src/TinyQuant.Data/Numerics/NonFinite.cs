namespace TinyQuant.Data;

/// <summary>Finds where numbers first are not finite.</summary>
internal static class NonFinite
{
    /// <summary>The place of the first value that is NaN or infinite; -1 where there is none.</summary>
    public static int IndexIn(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
