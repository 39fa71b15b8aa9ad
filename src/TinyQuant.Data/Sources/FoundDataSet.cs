using System.Collections.Immutable;

namespace TinyQuant.Data;

/// <summary>The verified files of a data set, in the order of <see cref="KnownDataSet.Files"/>.</summary>
internal sealed record FoundDataSet(KnownDataSet Known, ImmutableArray<IdxContent> Files, string Source)
{
    /// <exception cref="InvalidDataException">The files do not fit together.</exception>
    public DataSet ToDataSet() => new(
        Known.Name,
        IdxReader.Combine($"{Known.Name}/train", Files[0], Files[1]),
        IdxReader.Combine($"{Known.Name}/test", Files[2], Files[3]),
        Known.ClassNames,
        Source);
}
