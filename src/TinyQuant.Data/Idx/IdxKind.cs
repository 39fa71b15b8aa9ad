namespace TinyQuant.Data;

/// <summary>What an IDX file holds; the value is its magic number.</summary>
public enum IdxKind
{
    /// <summary>Unsigned bytes in one dimension.</summary>
    Labels = 0x801,

    /// <summary>Unsigned bytes in three dimensions: image, row, column.</summary>
    Images = 0x803,
}
