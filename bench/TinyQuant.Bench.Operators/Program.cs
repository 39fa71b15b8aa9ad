using TinyQuant;
using TinyQuant.Bench;
using TinyQuant.Bench.Operators;

// TinyQuant.Bench.Operators [--quick] [OPERATOR...]
const int Rounds = 61;
const int QuickRounds = 11;
const double MostCopies = 10;
TimeSpan round = TimeSpan.FromMicroseconds(200);
bool quick = args is ["--quick", ..];
string[] kinds = quick ? args[1..] : args;

Console.WriteLine($"int8 unit {DotUnits.Int8}, float32 unit {DotUnits.Float32}; * is slower than {MostCopies} copies");
Console.WriteLine($"{"ns",10} {"ns a byte",10} {"copies",8}   operator");
Dictionary<int, RowRun> copies = [];
foreach (IGrouping<string, OperatorRow> family in OperatorRow.All
    .Where(r => kinds.Length == 0 || kinds.Contains(r.Kind, StringComparer.Ordinal)).GroupBy(r => r.Family))
{
    OperatorRow[] rows = [.. family];
    int[] sizes = [.. rows.Select(r => r.Bytes).Distinct()];
    foreach (int bytes in sizes)
    {
        copies.TryAdd(bytes, RowRun.CopyOf(bytes));
    }

    Func<int>[] runs =
        [.. rows.Select(r => (Func<int>)RowRun.Of(r).Run), .. sizes.Select(b => (Func<int>)copies[b].Run)];
    double[] times = Timing.InTurns(
        runs, quick ? QuickRounds : Rounds, Array.ConvertAll(runs, r => Timing.RunsOf(r, round)));
    for (int i = 0; i < rows.Length; i++)
    {
        double ratio = times[i] / times[rows.Length + Array.IndexOf(sizes, rows[i].Bytes)];
        Console.WriteLine(FormattableString.Invariant(
            $"{times[i],10:F1} {times[i] / rows[i].Bytes,10:F4} {ratio,8:F2} ")
                + (ratio > MostCopies ? "* " : "  ") + rows[i]);
    }
}
