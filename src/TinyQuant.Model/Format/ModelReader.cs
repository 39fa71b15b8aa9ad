using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>
/// Reads the text of a <c>.tqm</c> model file. It never throws: a wrong file gives errors with positions.
/// </summary>
public static class ModelReader
{
    /// <summary>The first word of every model file.</summary>
    public const string Magic = "tinyquant-model";

    /// <summary>The version of the format that this reader reads and the writer writes.</summary>
    public const int Version = 1;

    /// <summary>Reads a model.</summary>
    /// <param name="text">The whole file.</param>
    /// <returns>The graph, checked by <see cref="GraphValidator"/>, or the errors.</returns>
    public static ModelReadResult Read(string text) => new ModelParser(text).Parse();
}
