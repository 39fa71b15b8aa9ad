namespace TinyQuant.Kernels.Requantizers;

/// <summary>Tiles of codes whose constants no vector form is exact for.</summary>
internal static unsafe class CodeTiles
{
    public static void RunAny<TRequantizer>(CodeTile* tile, in Requantization r, int firstChannel)
        where TRequantizer : struct, IRequantizer
    {
        for (int position = 0; position < tile->Positions; position++)
        {
            TRequantizer.Run(
                new ReadOnlySpan<int>(tile->Sums + (position * tile->Channels), tile->Channels),
                r,
                firstChannel,
                new Span<sbyte>(tile->Output + (position * tile->Stride), tile->Channels));
        }
    }
}
