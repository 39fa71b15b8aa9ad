using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Lanes;

/// <summary>Where the rows of a group lie.</summary>
internal unsafe struct RowPointers
{
    public sbyte* Row0;
    public sbyte* Row1;
    public sbyte* Row2;
    public sbyte* Row3;

    /// <summary>The same rows, some bytes on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly RowPointers Plus(nint bytes) =>
        new() { Row0 = Row0 + bytes, Row1 = Row1 + bytes, Row2 = Row2 + bytes, Row3 = Row3 + bytes };
}
