using System.Diagnostics;
using System.Globalization;
using TinyQuant.Data;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Losses;
using TinyQuant.Training.Optimizers;

namespace TinyQuant.Training;

/// <summary>One training run and its state.</summary>
internal sealed class TrainingRun
{
    private readonly Network _network;
    private readonly BatchRunner _batches;
    private readonly TrainingOptions _options;
    private readonly CheckpointFile? _file;
    private readonly Optimizer _optimizer;
    private readonly string _identity;
    private readonly int[] _order;
    private readonly int[] _heldOut;
    private readonly List<EpochResult> _history = [];
    private Snapshot? _best;
    private int _bestEpoch;

    public TrainingRun(
        Network network, Examples examples, Objective objective, TrainingOptions options, CheckpointFile? file)
    {
        (_network, _options, _file) = (network, options, file);
        _batches = new BatchRunner(network, examples, objective, options.Seed);
        _optimizer = options.Optimizer.Create(network.Parameters);
        (_order, _heldOut) = Split(examples.Count, options);
        _identity = file is null
            ? ""
            : string.Join(
                '\n', [options.ToString(), examples.Fingerprint, .. network.Nodes.Select(n => n.Layer.ToString())]);
    }

    private int Batches => (_order.Length + _options.BatchSize - 1) / _options.BatchSize;

    private bool IsOver => _history.Count >= _options.Epochs
        || (_options.Patience > 0 && _heldOut.Length > 0 && _history.Count - _bestEpoch >= _options.Patience);

    public IReadOnlyList<EpochResult> Run(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        if (_file is { Resume: true } && File.Exists(_file.Path))
        {
            Restore(Checkpoint.Read(_file.Path, _identity));
        }

        var random = new Pcg32(_options.Seed);
        int done = _history.Count;
        for (int epoch = 1; epoch <= done; epoch++)
        {
            random.Shuffle(_order); // the order is that of the run that was interrupted
        }

        long start = Stopwatch.GetTimestamp();
        while (!IsOver)
        {
            random.Shuffle(_order);
            int epoch = _history.Count + 1;
            (double loss, double accuracy) = RunEpoch(epoch, (batch, soFar) => progress?.Report(new TrainingProgress(
                epoch, _options.Epochs, batch, Batches, soFar.Loss, soFar.Accuracy, Stopwatch.GetElapsedTime(start))
            {
                EpochsBefore = done,
                Last = _history.Count > 0 ? _history[^1] : null,
            }), cancellation);
            Finish(epoch, loss, accuracy, cancellation);
        }

        _best?.CopyTo(_network);
        return _history;
    }

    private (double Loss, double Accuracy) RunEpoch(
        int epoch, Action<int, (double Loss, double Accuracy)> report, CancellationToken cancellation)
    {
        double loss = 0;
        int correct = 0;
        int seen = 0;
        for (int batch = 0; batch < Batches; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(_options.BatchSize, _order.Length - seen);
            (double batchLoss, int batchCorrect) = Backpropagate(_order.AsSpan(seen, count), epoch);
            _optimizer.Step(_options.Schedule.At(_optimizer.Steps, Batches * _options.Epochs));
            loss += batchLoss * count;
            correct += batchCorrect;
            seen += count;
            report(batch + 1, (loss / seen, (double)correct / seen));
        }

        return (loss / seen, (double)correct / seen);
    }

    /// <summary>
    /// One batch's gradients; an error where its loss is no number, which no step after it would mend.
    /// </summary>
    private (double Loss, int Correct) Backpropagate(ReadOnlySpan<int> batch, int epoch)
    {
        try
        {
            (double loss, int correct) = _batches.Backpropagate(batch, epoch, _optimizer.Steps);
            return double.IsFinite(loss)
                ? (loss, correct)
                : throw Diverged(epoch, loss, NetworkFault.Describe(_network, batch.Length));
        }
        catch (NotFiniteNumberException e)
        {
            throw Diverged(epoch, double.NaN, e.Message);
        }
    }

    private TrainingDivergedException Diverged(int epoch, double loss, string where) =>
        new(string.Create(CultureInfo.InvariantCulture,
        $"training diverged: at step {_optimizer.Steps + 1} of {Batches * _options.Epochs}, in epoch {epoch}, the "
            + $"loss became {loss}, since {where}. "
        + $"Try a smaller learning rate than {_options.Schedule}, or values nearer to 1."));

    /// <summary>Measures on what is held out, keeps the best, writes the checkpoint.</summary>
    private void Finish(int epoch, double loss, double accuracy, CancellationToken cancellation)
    {
        (double heldOutLoss, double heldOutAccuracy) = _heldOut.Length > 0
            ? _batches.Measure(_heldOut, _options.BatchSize, cancellation)
            : (double.NaN, double.NaN);
        if (_heldOut.Length > 0 && !double.IsFinite(heldOutLoss))
        {
            throw Diverged(epoch, heldOutLoss, "the examples that are held out give no number");
        }

        if (_network.Parameters.FirstOrDefault(p => NonFinite.IndexIn(p.Values) >= 0) is { } broken)
        {
            throw Diverged(epoch, loss, $"'{broken.Name}' is not finite after the epoch's last step");
        }

        var result = new EpochResult(epoch, loss, accuracy, heldOutLoss, heldOutAccuracy);
        _history.Add(result);
        if (_heldOut.Length > 0 && (_bestEpoch == 0 || IsBetter(result, _history[_bestEpoch - 1])))
        {
            (_best, _bestEpoch) = (Snapshot.Of(_network), epoch);
        }

        if (_file is not null)
        {
            new Checkpoint(_identity, _optimizer.Steps, [.. _optimizer.State], Snapshot.Of(_network), _history, _best,
                _bestEpoch).Write(
                _file.Path);
        }
    }

    /// <summary>
    /// With balanced classes by the loss alone: the number of right answers would favour the frequent ones.
    /// </summary>
    private bool IsBetter(EpochResult result, EpochResult best) =>
        _options.BalancesClasses ? result.ValidationLoss < best.ValidationLoss : result.IsBetterThan(best);

    private void Restore(Checkpoint checkpoint)
    {
        checkpoint.RequireFit(_file!.Path, _network, _optimizer, _options.Epochs);
        checkpoint.Network.CopyTo(_network);
        _optimizer.Restore(checkpoint.OptimizerSteps, checkpoint.Optimizer);
        _history.AddRange(checkpoint.History);
        (_best, _bestEpoch) = (checkpoint.Best, checkpoint.BestEpoch);
    }

    /// <summary>Holds out examples that the seed chooses; without any, all are in their order.</summary>
    private static (int[] Order, int[] HeldOut) Split(int count, TrainingOptions options)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        if (options.ValidationExamples == 0)
        {
            return (all, []);
        }

        Pcg32.At(options.Seed, "hold out", 0, 0).Shuffle(all);
        return (all[options.ValidationExamples..], all[..options.ValidationExamples]);
    }
}
