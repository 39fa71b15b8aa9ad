using System.Collections.Immutable;

namespace TinyQuant.Data;

/// <summary>Gives a data set by its name, from wherever it can be had.</summary>
public static class DataSetLoader
{
    /// <summary>MNIST, else Fashion-MNIST, else the procedural digits.</summary>
    public const string Auto = "auto";

    /// <summary>The names that <see cref="LoadAsync"/> takes.</summary>
    public static ImmutableArray<string> Names { get; } =
        [KnownDataSets.Mnist.Name, KnownDataSets.FashionMnist.Name, StrokeDigits.Name, Auto];

    /// <summary>Loads a data set.</summary>
    /// <remarks>
    /// The order: the directory of the options, that of <c>TINYQUANT_DATA</c>, the cache, the system's package, the
    /// network. Every file is verified by its SHA-256, and a wrong one in a directory that the user named is an error,
    /// never passed over. A wrong one in the cache is noted and fetched again. Where <c>TINYQUANT_DATA</c> holds
    /// another data set, whole and right, that is noted too. <c>auto</c> takes what a directory that the user named
    /// holds, and falls back only where a data set cannot be had.
    /// </remarks>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">Where to look.</param>
    /// <param name="progress">Told what is going on; null for silence.</param>
    /// <param name="cancellationToken">Ends it, leaving no file half written.</param>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    /// <exception cref="DirectoryNotFoundException">The directory of the options does not exist.</exception>
    /// <exception cref="FileNotFoundException">A directory that the user named lacks files.</exception>
    /// <exception cref="InvalidDataException">A file in such a directory is wrong; the message names it.</exception>
    /// <exception cref="DataSetUnavailableException">The data set cannot be had; never with <c>auto</c>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<DataSetLoadResult> LoadAsync(
        string name,
        DataSetOptions options,
        IProgress<DataProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (name == StrokeDigits.Name)
        {
            return new(StrokeDigits.Create(options.Strokes), []);
        }

        if (name == Auto)
        {
            return await LoadAnyAsync(options, progress, cancellationToken).ConfigureAwait(false);
        }

        KnownDataSet known = options.KnownSets.FirstOrDefault(set => set.Name == name) ?? throw new ArgumentException(
            $"There is no data set '{name}', expected one of {string.Join(", ", Names)}.", nameof(name));
        var locator = new DataSetLocator(options, progress);
        FoundDataSet found = locator.FindGiven(known)
            ?? await locator.FetchAsync(known, cancellationToken).ConfigureAwait(false);
        return new(found.ToDataSet(), [.. locator.Notes]);
    }

    private static async Task<DataSetLoadResult> LoadAnyAsync(
        DataSetOptions options, IProgress<DataProgress>? progress, CancellationToken cancellationToken)
    {
        var locator = new DataSetLocator(options, progress);
        if (locator.FindGivenAny() is { } given)
        {
            return new(given.ToDataSet(), [.. locator.Notes]);
        }

        List<string> reasons = [];
        foreach (KnownDataSet known in options.KnownSets)
        {
            try
            {
                progress?.Report(new($"looking for {known.Title}"));
                FoundDataSet found = await locator.FetchAsync(known, cancellationToken).ConfigureAwait(false);
                return new(found.ToDataSet(), [.. locator.Notes, .. reasons]);
            }
            catch (DataSetUnavailableException e)
            {
                reasons.Add(e.Message);
            }
        }

        return new(StrokeDigits.Create(options.Strokes), [.. locator.Notes, .. reasons]);
    }
}
