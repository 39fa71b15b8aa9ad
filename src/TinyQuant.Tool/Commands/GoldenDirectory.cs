using TinyQuant.Evaluation;
using TinyQuant.Evaluation.Verification;
using TinyQuant.Model;
using TinyQuant.Tool.Files;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary>Verifies every golden folder of a directory: a line each, and a total.</summary>
internal sealed class GoldenDirectory(string path, Rounding rounding, bool comparesLayers)
{
    private int _equal;
    private int _close;
    private int _differ;
    private int _refused;

    /// <summary>Returns 0 only where all are equal to the bit, or within the tolerance.</summary>
    public int Verify(CancellationToken cancellation)
    {
        GoldenFolder[] folders = [
            .. GoldenFolder.Find(path, ModelFiles.Extensions).Where(f => f.Expected(rounding) is not null)];
        if (folders.Length == 0)
        {
            throw new FileNotFoundException(
                $"no folder below '{path}' has model.tflite (or model.tqm), input.bin and outputs of rounding "
                    + $"{rounding.ToName()}.");
        }

        foreach (GoldenFolder folder in folders)
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<string> found = Verify(folder);
            Screen.Plain($"{Path.GetRelativePath(path, folder.Path)}: {found[0]}");
            foreach (string line in found.Skip(1))
            {
                Screen.Plain("  " + line);
            }
        }

        Screen.Plain(
            Invariant($"{_equal} equal to the bit, {_close} within tolerance, {_differ} differ, {_refused} refused"));
        return _differ + _refused == 0 ? ExitCodes.Done : ExitCodes.Differs;
    }

    private IReadOnlyList<string> Verify(GoldenFolder folder)
    {
        try
        {
            if (folder.Verify(ModelFiles.Load(folder.Model, rounding), comparesLayers, Tolerance.Float32,
                out bool isEqual) is { } mismatch)
            {
                _differ++;
                return [$"differs: {mismatch}"];
            }

            if (isEqual)
            {
                _equal++;
                return ["equal to the bit"];
            }

            _close++;
            return [$"within tolerance ({Tolerance.Float32})"];
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ModelCompilationException)
        {
            _refused++;
            IReadOnlyList<string> lines = MessageLines.In(e);
            return [$"refused: {lines[0]}", .. lines.Skip(1)];
        }
    }
}
