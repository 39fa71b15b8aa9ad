using System.Text.Json;
using TinyQuant.Sizing.Parts;

namespace TinyQuant.Sizing.Reports;

/// <summary>The figures for programs.</summary>
public static class JsonReport
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes all of them, of each program and not as differences.</summary>
    public static string Write(SizeReport report) => JsonSerializer.Serialize(
        new
        {
            report.Sdk,
            report.Library,
            Models = report.Models.Select(m => new { m.Name, m.File }),
            Targets = report.Targets.Select(t => new
            {
                t.Rid,
                Linker = t.UsesLld ? "lld" : "system",
                t.Missing,
                Programs = t.Programs.Prepend(t.Base).Select(p => new
                {
                    p.Name,
                    p.Assembly,
                    p.TrimmedAssemblies,
                    p.TrimmedFolder,
                    Native = p.Native?.Length,
                    Parts = p.Native is null
                        ? null
                        : PartNames.All.Where(p.Native.Parts.ContainsKey)
                            .ToDictionary(part => part.Text(), part => p.Native.Parts[part], StringComparer.Ordinal),
                    p.Native?.Sections,
                }),
            }),
        },
        s_options) + "\n";
}
