using Spectre.Console;

namespace TinyQuant.Tool.Output;

/// <summary>A progress bar over work that blocks.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs the work on another thread while the bar moves.</summary>
    public static Task<T> RunAsync<T>(string activity, Func<IProgress<double>, T> work) =>
        RunAsync(activity, task => work(new SynchronousProgress<double>(fraction => task.Value = fraction)));

    /// <summary>The same for work that also changes the bar's text.</summary>
    public static Task<T> RunAsync<T>(string activity, Func<ProgressTask, T> work) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
            new PercentageColumn(),
            new RemainingTimeColumn())
        .StartAsync(context =>
        {
            ProgressTask task = context.AddTask(Screen.Cell(activity), maxValue: 1);
            return Task.Run(() =>
            {
                T result = work(task);
                task.Value = 1;
                return result;
            });
        });
}
