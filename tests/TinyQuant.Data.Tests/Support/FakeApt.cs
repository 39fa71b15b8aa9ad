namespace TinyQuant.Data.Tests;

/// <summary>Stands for <c>apt-get</c> and <c>dpkg-deb</c>: not there unless told otherwise.</summary>
internal sealed class FakeApt : IProcessRunner
{
    private TinySet? _set;

    public List<string> Commands { get; } = [];

    public List<string> Directories { get; } = [];

    /// <summary>What <c>apt-get</c> ends with, if not well.</summary>
    public ProcessResult? Failure { get; set; }

    /// <summary>Runs after unpacking, on the directory of the files.</summary>
    public Action<string>? AfterUnpack { get; set; }

    public void Carry(TinySet set) => _set = set;

    public Task<ProcessResult> RunAsync(
        string program, IReadOnlyList<string> arguments, string workingDirectory, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Commands.Add($"{program} {arguments[^1]}");
        Directories.Add(workingDirectory);
        if (Failure is not null)
        {
            return Task.FromResult(Failure);
        }

        if (_set is null)
        {
            throw new FileNotFoundException("no such program", program);
        }

        if (program == "apt-get")
        {
            File.WriteAllText(Path.Combine(workingDirectory, "dataset_1_all.deb"), "");
        }
        else
        {
            string unpacked = Path.Combine(arguments[^1], "usr", "share", "datasets", _set.Known.Name);
            _set.WriteTo(unpacked);
            AfterUnpack?.Invoke(unpacked);
        }

        return Task.FromResult(new ProcessResult(0, ""));
    }
}
