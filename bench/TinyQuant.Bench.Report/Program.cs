using TinyQuant.Bench.Report;

// What ./bench.sh calls between and after the programs that measure.
return args switch
{
    ["start", var json, var rounds, .. var programs] => StartCommand.Run(
        json, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture), programs),
    ["report", var runs, var start, var results] => ReportCommand.Run(runs, start, results),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        report start JSON ROUNDS LABEL=BYTES=PROGRAM [ARGUMENT...] [-- LABEL=...]...   times whole processes, in turns
        report report RUNS-DIRECTORY START-JSON RESULTS-DIRECTORY                      writes PROCESSOR.md and PROCESSOR.json
        """);
    return 2;
}
