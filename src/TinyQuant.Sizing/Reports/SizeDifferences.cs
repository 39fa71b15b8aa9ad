using TinyQuant.Sizing.Parts;

namespace TinyQuant.Sizing.Reports;

/// <summary>What the native programs with a model have more than the one without.</summary>
public static class SizeDifferences
{
    /// <summary>The programs that were published ahead of time; none where that cannot be done here.</summary>
    public static IReadOnlyList<ProgramSizes> Natives(this TargetSizes target) =>
        target.Base.Native is null ? [] : target.Programs;

    /// <summary>Bytes of a part that a program has more.</summary>
    public static long Added(this TargetSizes target, ProgramSizes program, Part part) =>
        program.Native!.Parts.GetValueOrDefault(part) - target.Base.Native!.Parts.GetValueOrDefault(part);

    /// <summary>Bytes of a section that a program has more.</summary>
    public static long Added(this TargetSizes target, ProgramSizes program, string section) =>
        program.Native!.Sections.GetValueOrDefault(section) - target.Base.Native!.Sections.GetValueOrDefault(section);

    /// <summary>Bytes of the file that a program has more.</summary>
    public static long Added(this TargetSizes target, ProgramSizes program) =>
        program.Native!.Length - target.Base.Native!.Length;

    /// <summary>The parts in which any program differs.</summary>
    public static IEnumerable<Part> ChangedParts(this TargetSizes target) =>
        PartNames.All.Where(part => part == Part.Alignment || target.Natives().Any(p => target.Added(p, part) != 0));

    /// <summary>
    /// The sections in which any program differs, in the order of the file; headers and padding always.
    /// </summary>
    public static IEnumerable<string> ChangedSections(this TargetSizes target) =>
        target.Natives().Prepend(target.Base).SelectMany(p => p.Native!.Sections.Keys).Distinct(StringComparer.Ordinal)
            .Where(s =>
                s is Breakdown.Headers or Breakdown.Padding || target.Natives().Any(p => target.Added(p, s) != 0))
            .OrderBy(s => s is Breakdown.Headers or Breakdown.Padding);
}
