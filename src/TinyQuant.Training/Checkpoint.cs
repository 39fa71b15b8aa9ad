using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TinyQuant.Data.IO;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Optimizers;

namespace TinyQuant.Training;

/// <summary>
/// Where training is after an epoch: with the run's data and options all that decides how it goes on. The order of
/// examples and every other random choice follow from the seed and the epoch.
/// </summary>
/// <param name="Run">Data, network and options of the run.</param>
/// <param name="OptimizerSteps">Steps made.</param>
/// <param name="Optimizer">The optimizer's state.</param>
/// <param name="Network">The network now.</param>
/// <param name="History">The epochs so far.</param>
/// <param name="Best">The network at its best, and the epoch of that; null where nothing is held out.</param>
/// <param name="BestEpoch">From 1; 0 where nothing is held out.</param>
internal sealed record Checkpoint(
    string Run, int OptimizerSteps, float[][] Optimizer, Snapshot Network, IReadOnlyList<EpochResult> History,
    Snapshot? Best, int BestEpoch)
{
    private const string Magic = "tinyquant-checkpoint 1";
    private const int EpochBytes = sizeof(int) + (4 * sizeof(double));

    /// <summary>Writes it whole or not at all.</summary>
    public void Write(string path)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(Run);
        writer.Write(OptimizerSteps);
        Write(writer, Optimizer);
        Write(writer, Network.Values);
        writer.Write(History.Count);
        foreach (EpochResult epoch in History)
        {
            writer.Write(epoch.Epoch);
            writer.Write(epoch.Loss);
            writer.Write(epoch.Accuracy);
            writer.Write(epoch.ValidationLoss);
            writer.Write(epoch.ValidationAccuracy);
        }

        writer.Write(BestEpoch);
        Write(writer, Best?.Values ?? []);
        writer.Flush();
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        writer.Flush();
        AtomicFile.WriteAllBytes(path, stream.GetBuffer().AsMemory(0, (int)stream.Length));
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another run than <paramref name="run"/>.</exception>
    public static Checkpoint Read(string path, string run)
    {
        byte[] bytes = WholeFile.ReadAllBytes(path);
        int length = bytes.Length - SHA256.HashSizeInBytes;
        if (length < 0 || !SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length)))
        {
            throw new InvalidDataException(
                $"{path} is no checkpoint, or is damaged: delete it and start again without --resume.");
        }

        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, 0, length));
            return Read(reader, path, run);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            // Whole by its checksum, which anybody can compute.
            throw new InvalidDataException(
                $"{path} is no checkpoint: its parts are longer than the file. Delete it and start again without "
                    + "--resume.", e);
        }
    }

    /// <summary>Refuses a checkpoint that was not made of such a network, optimizer and number of epochs.</summary>
    /// <exception cref="InvalidDataException">It does not fit; the message names the file.</exception>
    public void RequireFit(string path, Network network, Optimizer optimizer, int epochs)
    {
        Snapshot now = Snapshot.Of(network);
        bool fits = Lengths(Network.Values).SequenceEqual(Lengths(now.Values))
            && Lengths(Optimizer).SequenceEqual(Lengths(optimizer.State))
            && (Best is null || Lengths(Best.Values).SequenceEqual(Lengths(now.Values)))
            && OptimizerSteps >= 0 && History.Count <= epochs && BestEpoch >= 0 && BestEpoch <= History.Count
            && (BestEpoch > 0) == (Best is not null);
        if (!fits)
        {
            throw new InvalidDataException(
                $"{path} does not fit the network that it is said to be of: delete it and start again without "
                    + "--resume.");
        }
    }

    private static IEnumerable<int> Lengths(IReadOnlyList<float[]> arrays) => arrays.Select(a => a.Length);

    private static Checkpoint Read(BinaryReader reader, string path, string run)
    {
        if (reader.ReadString() != Magic)
        {
            throw new InvalidDataException($"{path} is a checkpoint of another version of TinyQuant.");
        }

        string written = reader.ReadString();
        if (written != run)
        {
            throw new InvalidDataException($"{path} is of another run: {Difference(written, run)}.");
        }

        int steps = reader.ReadInt32();
        float[][] optimizer = ReadArrays(reader);
        var network = Snapshot.From(ReadArrays(reader));
        var history = new EpochResult[ReadCount(reader, EpochBytes)];
        for (int i = 0; i < history.Length; i++)
        {
            history[i] = new EpochResult(
                reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        }

        int bestEpoch = reader.ReadInt32();
        float[][] best = ReadArrays(reader);
        return new Checkpoint(
            written, steps, optimizer, network, history, best.Length > 0 ? Snapshot.From(best) : null, bestEpoch);
    }

    /// <summary>The first line that differs, in both.</summary>
    private static string Difference(string written, string run) => written.Split('\n').Zip(run.Split('\n'))
        .Where(lines => lines.First != lines.Second)
        .Select(lines => $"it has '{lines.First}', and this run has '{lines.Second}'")
        .FirstOrDefault("they have different parts");

    private static void Write(BinaryWriter writer, float[][] arrays)
    {
        writer.Write(arrays.Length);
        foreach (float[] array in arrays)
        {
            writer.Write(array.Length);
            writer.Write(MemoryMarshal.AsBytes(array.AsSpan()));
        }
    }

    /// <summary>How many elements follow, which is not more than there are bytes for.</summary>
    private static int ReadCount(BinaryReader reader, int bytes)
    {
        int count = reader.ReadInt32();
        return count >= 0 && count <= (reader.BaseStream.Length - reader.BaseStream.Position) / bytes
            ? count
            : throw new EndOfStreamException();
    }

    private static float[][] ReadArrays(BinaryReader reader)
    {
        var arrays = new float[ReadCount(reader, sizeof(int))][];
        for (int i = 0; i < arrays.Length; i++)
        {
            arrays[i] = new float[ReadCount(reader, sizeof(float))];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(arrays[i].AsSpan()));
        }

        return arrays;
    }
}
