using TinyQuant.Sizing.Parts;

namespace TinyQuant.Sizing;

/// <summary>One program, measured.</summary>
/// <param name="Name">The model's; <see cref="SizeReport.WithoutModel"/> for the program without one.</param>
/// <param name="Assembly">Bytes of its IL assembly, in which the generated code and the weights are.</param>
/// <param name="TrimmedAssemblies">Bytes of that assembly and of TinyQuant.Runtime, trimmed.</param>
/// <param name="TrimmedFolder">Bytes of the whole trimmed, self-contained program.</param>
/// <param name="Native">The NativeAOT program; null where it cannot be published here.</param>
public sealed record ProgramSizes(
    string Name, long Assembly, long TrimmedAssemblies, long TrimmedFolder, Breakdown? Native);

/// <summary>The programs of one runtime identifier.</summary>
/// <param name="Rid">The runtime identifier.</param>
/// <param name="UsesLld">Whether LLVM's linker linked them.</param>
/// <param name="Missing">What NativeAOT would have needed; empty where it was all there.</param>
/// <param name="Base">The program without a model.</param>
/// <param name="Programs">The same with each model.</param>
public sealed record TargetSizes(
    string Rid, bool UsesLld, IReadOnlyList<string> Missing, ProgramSizes Base, IReadOnlyList<ProgramSizes> Programs);

/// <summary>What models cost in a program.</summary>
/// <param name="Sdk">The version of the .NET SDK.</param>
/// <param name="Library">Where TinyQuant came from.</param>
/// <param name="Models">The files of the models, by their names in <see cref="ProgramSizes"/>.</param>
/// <param name="Targets">The figures.</param>
public sealed record SizeReport(
    string Sdk, string Library, IReadOnlyList<(string Name, string File)> Models, IReadOnlyList<TargetSizes> Targets)
{
    /// <summary>What the program without a model is called.</summary>
    public const string WithoutModel = "without a model";
}
