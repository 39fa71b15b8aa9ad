namespace Keywords;

/// <summary>A class, how sure the model is of it, and when it was found.</summary>
internal readonly struct Hit(int index, float score, long samples)
{
    public int Class => index;

    /// <summary>From 0 to 1; of a stream an average.</summary>
    public float Score => score;

    /// <summary>How many samples had come.</summary>
    public long Samples => samples;
}
