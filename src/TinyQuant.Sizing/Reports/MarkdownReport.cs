using System.Globalization;
using System.Text;
using TinyQuant.Model;
using TinyQuant.Sizing.Parts;
using TinyQuant.Sizing.Programs;

namespace TinyQuant.Sizing.Reports;

/// <summary>The figures as a page of documentation.</summary>
public static class MarkdownReport
{
    /// <summary>Writes it.</summary>
    /// <param name="report">The figures.</param>
    /// <param name="file">What the page is called in the commands that it names.</param>
    /// <param name="picture">The picture beside it; null for none.</param>
    public static string Write(SizeReport report, string file, string? picture)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # What a model costs

            `tinyquant size --output {file}` writes this page; do not edit it by hand. `tinyquant size --check {file}` publishes everything again and compares: every figure must be within 2 % of the largest in its column.

            Measured is one small program without a model and with each. It is published with the settings of `samples/Nano`, and reads

            <!-- fragment -->
            ```csharp
            {SizedProgram.Text.TrimEnd()}
            ```

            where `Subject` calls the instance method `Run` of the generated class, or copies a byte in the program without a model.

            | model | file |
            | --- | --- |

            """);
        foreach ((string name, string model) in report.Models)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Shown(name)} | `{Shown(model)}` |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n.NET SDK {report.Sdk}, {report.Library}.\n");
        if (picture is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n![What each part adds to the native program]({picture})\n");
        }

        foreach (TargetSizes target in report.Targets)
        {
            Append(text, target);
        }

        return text.Append(Explanation).ToString();
    }

    private const string Explanation = """

        ## How it is counted

        - The IL assembly is the program's own, with generated code and weights in it. Trimmed are that and `TinyQuant.Runtime.dll`, and then the whole self-contained program with the .NET runtime. Native is the one file that NativeAOT makes, without its symbols, which lie beside it in `.dbg`.
        - The native program is cut at its symbols: each byte of each section belongs to the symbol before it, padding up to the next symbol included. The compiler's map (`IlcGenerateMapFile`) says what a symbol is, and names say whose. What the compiler did not make is of the native runtime.
        - Kernels of products are written once and compiled for each set of instructions that may be chosen at run time, so each set has a row.
        - Unwinding, GC and exception tables are of all methods: those of the kernels, and those of the library code that came along.
        - The file's headers and the padding between its sections are counted by themselves, not as what is left, and all parts add up to the difference of the files to the byte. Where LLVM's linker is not installed, the segments begin on pages, files grow by whole pages, and that row holds the difference.

        """;

    /// <summary>Names of files, which anyone may have chosen, as text that ends neither a cell nor a line.</summary>
    private static string Shown(string name) =>
        Printable.Text(name).Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal);

    private static void Append(StringBuilder text, TargetSizes target)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {target.Rid}\n\n");
        text.Append("| bytes | IL assembly | added | trimmed assemblies | added | trimmed program | added | "
            + "NativeAOT | added |\n");
        text.Append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (ProgramSizes program in target.Programs.Prepend(target.Base))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Shown(program.Name)} |");
            Cells(text, program.Assembly, target.Base.Assembly);
            Cells(text, program.TrimmedAssemblies, target.Base.TrimmedAssemblies);
            Cells(text, program.TrimmedFolder, target.Base.TrimmedFolder);
            Cells(text, program.Native?.Length, target.Base.Native?.Length);
            text.Append('\n');
        }

        if (target.Base.Native is null)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\nNativeAOT was not measured: {string.Join(", ", target.Missing)} missing.\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture,
            $"\n### Parts of the native program on {target.Rid}\n\nLinked by {(target.UsesLld ? "LLVM's linker, `-p:LinkerFlavor=lld`" : "the system's linker, with segments on pages of their own")}. Bytes that each model adds:\n\n");
        Table(text, target,
            target.ChangedParts().Select(part => (part.Text(), target.Programs.Select(p => target.Added(p, part)))));
        long most = target.Programs.Max(p => Math.Abs(target.Added(p, Part.Alignment)));
        text.Append(CultureInfo.InvariantCulture,
            $"\nAlignment and headers are at most {Number(most)} bytes of a difference.\n");
        text.Append(CultureInfo.InvariantCulture,
            $"\n### Sections of the native program on {target.Rid}\n\nThe same bytes by section of the file:\n\n");
        Table(text, target, target.ChangedSections().Select(section => (
            section is Breakdown.Headers or Breakdown.Padding ? section : $"`{section}`",
            target.Programs.Select(p => target.Added(p, section)))));
    }

    private static void Table(
        StringBuilder text, TargetSizes target, IEnumerable<(string Name, IEnumerable<long> Bytes)> rows)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"| |{string.Concat(target.Programs.Select(p => $" {Shown(p.Name)} |"))}\n");
        text.Append(CultureInfo.InvariantCulture, $"| --- |{string.Concat(target.Programs.Select(_ => " ---: |"))}\n");
        foreach ((string name, IEnumerable<long> bytes) in rows.Append(
            ("**the file**", target.Programs.Select(p => target.Added(p)))))
        {
            text.Append(
                CultureInfo.InvariantCulture, $"| {name} |{string.Concat(bytes.Select(b => $" {Number(b)} |"))}\n");
        }
    }

    private static void Cells(StringBuilder text, long? bytes, long? without) =>
        text.Append(CultureInfo.InvariantCulture,
            $" {(bytes is { } b ? Number(b) : "-")} | {(bytes - without is { } added ? Number(added) : "-")} |");

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
