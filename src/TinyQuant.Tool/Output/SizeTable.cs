using System.Globalization;
using Spectre.Console;
using TinyQuant.Sizing;
using TinyQuant.Sizing.Parts;
using TinyQuant.Sizing.Reports;

namespace TinyQuant.Tool.Output;

/// <summary>What models cost in a program, as tables.</summary>
internal static class SizeTable
{
    public static void Write(SizeReport report)
    {
        foreach (TargetSizes target in report.Targets)
        {
            AnsiConsole.Write(Files(target));
            if (target.Base.Native is null)
            {
                Screen.Line($"NativeAOT for {target.Rid} was left out. Missing: {string.Join(", ", target.Missing)}.");
                continue;
            }

            AnsiConsole.Write(Parts(target));
        }
    }

    private static Table Files(TargetSizes target)
    {
        Table table = new Table { Title = new TableTitle($"{target.Rid}, bytes") }
            .AddColumn("").AddColumns(Right("IL assembly"), Right("trimmed assemblies"), Right("trimmed program"),
                Right("NativeAOT"), Right("added"));
        foreach (ProgramSizes program in target.Programs.Prepend(target.Base))
        {
            table.AddRow(
                Screen.Cell(program.Name), Number(program.Assembly), Number(program.TrimmedAssemblies),
                Number(program.TrimmedFolder),
                Number(program.Native?.Length), Number(program.Native?.Length - target.Base.Native?.Length));
        }

        return table;
    }

    private static Table Parts(TargetSizes target)
    {
        Table table = new Table
        {
            Title = new TableTitle(
            $"{target.Rid}: what each model adds to the native program, bytes")
        }.AddColumn(
            "");
        foreach (ProgramSizes program in target.Programs)
        {
            table.AddColumn(Right(Screen.Cell(program.Name)));
        }

        foreach (Part part in target.ChangedParts())
        {
            table.AddRow([part.Text(), .. target.Programs.Select(p => Number(target.Added(p, part)))]);
        }

        table.AddEmptyRow();
        table.AddRow(["the file", .. target.Programs.Select(p => Number(target.Added(p)))]);
        return table;
    }

    private static TableColumn Right(string heading) => new TableColumn(heading).RightAligned();

    private static string Number(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";
}
