using TinyQuant.Evaluation.Verification;
using TinyQuant.Golden;

namespace TinyQuant.GoldenCheck;

/// <summary>Runs one model over all its inputs and compares every output with the expected file.</summary>
internal static class ModelCheck
{
    /// <summary>What is wrong; null where all is right and nothing was allocated.</summary>
    /// <param name="model">The model.</param>
    /// <param name="directory">The golden directory.</param>
    /// <param name="checksHeap">
    /// Whether nothing may be allocated. Only while no other thread runs, whose garbage collection would close this
    /// thread's allocation context, which counts as allocated; and not under the JIT, which allocates whenever it
    /// compiles anew.
    /// </param>
    public static string? Run(GoldenModel model, string directory, bool checksHeap)
    {
        string folder = Path.Combine(directory, model.Folder);
        byte[] inputs = File.ReadAllBytes(Path.Combine(folder, "input.bin"));
        string? error = Compare(
            model, inputs, Path.Combine(folder, $"expected{model.Suffix}.bin"), carriesState: false, checksHeap);
        string streaming = Path.Combine(folder, $"expected_streaming{model.Suffix}.bin");
        return error ?? (File.Exists(streaming)
            ? Compare(model, inputs, streaming, carriesState: true, checksHeap)
            : null);
    }

    private static string? Compare(GoldenModel model, byte[] inputs, string file, bool carriesState, bool checksHeap)
    {
        byte[] expected = File.ReadAllBytes(file);
        int outputBytes = model.Outputs.Sum(o => o.Bytes);
        byte[] output = new byte[outputBytes];
        int runs = inputs.Length / model.InputBytes;
        if (runs == 0 || expected.Length != runs * outputBytes)
        {
            return $"{file} has {expected.Length} bytes; expected {runs} runs of {outputBytes}";
        }

        model.Reset?.Invoke();
        for (int run = 0; run < runs; run++)
        {
            if (!carriesState)
            {
                model.Reset?.Invoke();
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            model.Run(inputs.AsSpan(run * model.InputBytes, model.InputBytes), output);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated != 0 && run > 0 && checksHeap) // the first run of all may load types
            {
                return $"run {run} allocated {allocated} bytes";
            }

            if (Difference(model, run, expected.AsSpan(run * outputBytes, outputBytes), output) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static string? Difference(
        GoldenModel model, int run, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        int at = 0;
        for (int i = 0; i < model.Outputs.Length; i++)
        {
            GoldenOutput output = model.Outputs[i];
            Tolerance tolerance = output.IsExact ? Tolerance.None : Tolerance.Float32;
            TensorComparison found = TensorComparer.Compare(
                output.Type, tolerance, expected.Slice(at, output.Bytes), actual.Slice(at, output.Bytes));
            if (found.Count > 0)
            {
                return $"output {i} of run {run} differs at element {found.Element}: {found.Actual} where "
                    + $"{found.Expected} was expected ({found.Count} in all)";
            }

            at += output.Bytes;
        }

        return null;
    }
}
