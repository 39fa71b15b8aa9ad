namespace TinyQuant.Model;

/// <summary>A buffer that a memory plan has to place.</summary>
/// <param name="Name">For messages; need not be unique.</param>
/// <param name="Bytes">Its size; 0 or more.</param>
/// <param name="FirstUse">The index of the first operator that touches it.</param>
/// <param name="LastUse">The index of the last operator that touches it; not before
/// <paramref name="FirstUse"/>.</param>
/// <param name="Alignment">A power of two: the offset is a multiple of it, and the size is rounded up to one.</param>
public sealed record BufferRequest(
    string Name, int Bytes, int FirstUse, int LastUse, int Alignment = MemoryPlanner.DefaultAlignment)
{
    /// <summary>The bytes that it takes in the arena.</summary>
    internal long AlignedBytes => ((long)Bytes + Alignment - 1) & -(long)Alignment;

    /// <summary>The number of operators during which it is live.</summary>
    internal long Lifetime => (long)LastUse - FirstUse + 1;

    /// <summary>Whether some operator needs both, so that they must not share memory.</summary>
    internal bool IsLiveWith(BufferRequest other) => FirstUse <= other.LastUse && other.FirstUse <= LastUse;
}
