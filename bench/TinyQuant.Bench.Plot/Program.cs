using TinyQuant.Bench.Plot;
using TinyQuant.Bench.Report;

// Draws what TinyQuant.Bench.Sweep measured, and writes the tables: plot RUNS-DIRECTORY PICTURE-DIRECTORY
// TABLE-DIRECTORY.
if (args.Length != 3 || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine(
        "plot: expected a directory with the JSON files of TinyQuant.Bench.Sweep, one for the picture, and one for "
            + "the table");
    return 2;
}

SweepRuns runs = SweepRuns.Read(args[0]);
if (runs.Lines.Count == 0)
{
    Console.Error.WriteLine($"plot: there are no results in {args[0]}");
    return 1;
}

string picture = Path.Combine(Directory.CreateDirectory(args[1]).FullName, $"sweep-{Processor.FileName}.png");
string table = Path.Combine(Directory.CreateDirectory(args[2]).FullName, $"sweep-{Processor.FileName}.md");
new SweepPicture(Processor.Name, runs).Save(picture);
File.WriteAllText(table,
    new SweepText(Processor.Name, runs, Path.GetRelativePath(args[2], picture).Replace('\\', '/')).ToString());
Console.WriteLine($"Wrote {picture} and {table}");
return 0;
