using System.Diagnostics;

namespace TinyQuant;

/// <summary>Asks the generator to compile a model file into this <c>partial</c> struct or class.</summary>
/// <remarks>A budget left at zero is not checked; one that is exceeded is a compile error.</remarks>
/// <param name="path">The model file, or as many of its last path segments as name it alone.</param>
[Conditional("TINYQUANT_KEEP_ATTRIBUTES")] // read by the generator alone: the binary need not carry it
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class, Inherited = false)]
public sealed class QuantizedModelAttribute(string path) : Attribute
{
    /// <summary>The model file, or as many of its last path segments as name it alone.</summary>
    public string Path { get; } = path;

    /// <summary>
    /// The most bytes of constants that the model may put into the program (its <c>BakedBytes</c>): packed weights,
    /// folded biases, multipliers, tables; zero for no budget.
    /// </summary>
    public int MaxWeightBytes { get; set; }

    /// <summary>The most bytes of working memory (its <c>ArenaBytes</c>); zero for no budget.</summary>
    public int MaxArenaBytes { get; set; }

    /// <summary>The most multiply-accumulates in one run; zero for no budget.</summary>
    public long MaxMacs { get; set; }

    /// <summary>The least accuracy, 0 to 1, that the model file must state as its metric; zero for none.</summary>
    public double MinAccuracy { get; set; }

    /// <summary>
    /// Allows an arena above 256 KB inside a struct, which is an error otherwise, and above 16 KB without the warning:
    /// readonly, in and by-value uses copy a struct silently.
    /// </summary>
    public bool AllowLargeStruct { get; set; }
}
