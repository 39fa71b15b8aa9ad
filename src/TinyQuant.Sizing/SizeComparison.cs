using TinyQuant.Model;
using TinyQuant.Sizing.Binaries;
using TinyQuant.Sizing.Parts;
using TinyQuant.Sizing.Programs;
using TinyQuant.Sizing.Publishing;

namespace TinyQuant.Sizing;

/// <summary>A model to measure.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="File">Where it was read.</param>
/// <param name="Graph">The model.</param>
public sealed record SizedModel(string Name, string File, Graph Graph);

/// <summary>
/// Publishes one small program without a model and with each, as IL, trimmed and ahead of time, and measures the files.
/// </summary>
/// <param name="models">The models.</param>
/// <param name="targets">What to publish for.</param>
/// <param name="library">Where TinyQuant comes from.</param>
public sealed class SizeComparison(
    IReadOnlyList<SizedModel> models, IReadOnlyList<Target> targets, LibrarySource library)
{
    private const string Configuration = "Release";

    private readonly Dotnet _dotnet = new(library.WorkingDirectory);

    /// <summary>
    /// Publishes and measures. It writes into a directory of its own alone, and leaves nothing of it.
    /// </summary>
    /// <param name="progress">Told what is being published, and the fraction that is done.</param>
    /// <param name="cancellation">Ends what is being published.</param>
    /// <exception cref="IOException">A publish failed, and the message has the end of its output; or it would obey
    /// another user's files.</exception>
    /// <exception cref="InvalidDataException">What was published cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SizeReport Run(IProgress<(string Step, double Fraction)> progress, CancellationToken cancellation)
    {
        ForeignFiles.Refuse(library.WorkingDirectory);
        string sdk = _dotnet.Run(["--version"], cancellation).Trim();
        string folder = PrivateFolder.Create();
        try
        {
            var steps = new Steps(progress, targets.Count * (models.Count + 1) * 2);
            List<TargetSizes> sizes = [.. targets.Select(target =>
            {
                List<ProgramSizes> programs = [.. models.Prepend(null).Select((model, i) =>
                    Measure(Path.Combine(folder, Invariant($"{target.Rid}-{i}")), target, model, steps, cancellation))];
                return new TargetSizes(target.Rid, target.UsesLld, target.Missing, programs[0], programs[1..]);
            })];
            return new SizeReport(sdk, library.Name, [.. models.Select(m => (m.Name, m.File))], sizes);
        }
        finally
        {
            Delete(folder);
        }
    }

    private ProgramSizes Measure(
        string folder, Target target, SizedModel? model, Steps steps, CancellationToken cancellation)
    {
        string name = model?.Name ?? SizeReport.WithoutModel;
        SizedProgram.Write(folder, library, model?.Graph);

        steps.Begin($"{target.Rid}, {name}, trimmed");
        string trimmed = Publish(folder, target, "trimmed", cancellation);
        string assembly = SizedProgram.Assembly + ".dll";
        long il = Bytes(Path.Combine(folder, "bin", Configuration, "net10.0", target.Rid, assembly));
        long assemblies = Bytes(Path.Combine(trimmed, assembly))
            + Bytes(Path.Combine(trimmed, "TinyQuant.Runtime.dll"));
        long all = Directory.EnumerateFiles(trimmed, "*", SearchOption.AllDirectories).Where(IsShipped).Sum(Bytes);

        steps.Begin($"{target.Rid}, {name}, ahead of time");
        Breakdown? native = null;
        if (target.Missing.Count == 0)
        {
            string program = Path.Combine(Publish(folder, target, "native", cancellation), SizedProgram.Assembly);
            string map = Path.Combine(
                folder, "obj", Configuration, "net10.0", target.Rid, "native", SizedProgram.Assembly + ".map.xml");
            native = Breakdown.Of(NativeBinary.Read(program, program + ".dbg", map),
                new PartRules(SizedProgram.Assembly, SizedProgram.Model));
        }

        return new ProgramSizes(name, il, assemblies, all, native);
    }

    private string Publish(string folder, Target target, string form, CancellationToken cancellation)
    {
        string output = Path.Combine(folder, form);
        List<string> arguments =
        [
            "publish", Path.Combine(folder, SizedProgram.Assembly + ".csproj"), "-r", target.Rid, "-c", Configuration,
            "--nologo", "-v", "quiet", "-nodeReuse:false",
            $"-p:Form={form}", $"-p:PublishDir={MSBuildText.Escape(output)}/", "-p:UseSharedCompilation=false",
            $"-p:RestoreRootConfigDirectory={MSBuildText.Escape(library.WorkingDirectory)}",
        ];
        if (target.UsesLld)
        {
            arguments.Add("-p:LinkerFlavor=lld");
        }

        _dotnet.Run(arguments, cancellation);
        return output;
    }

    /// <summary>Symbols and documentation are for developers.</summary>
    private static bool IsShipped(string path) => Path.GetExtension(path) is not (".pdb" or ".xml" or ".dbg");

    private static long Bytes(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another did.
        }
    }

    private sealed class Steps(IProgress<(string Step, double Fraction)> progress, int count)
    {
        private int _done;

        public void Begin(string step) => progress.Report((step, (double)_done++ / count));
    }
}
