using Microsoft.ML;
using Microsoft.ML.Data;

namespace TinyQuant.Bench;

/// <summary>
/// ML.NET's softmax regression on 784 reals and 10 classes, predicted as its documentation says: with a
/// PredictionEngine.
/// </summary>
internal sealed class LogisticRegression : IDisposable
{
    private const int Pixels = 784;
    private const int Classes = 10;
    private const int Examples = 200;

    private readonly PredictionEngine<Example, Prediction> _engine;
    private readonly Example[] _examples;
    private Prediction _prediction = new();
    private int _next;

    public LogisticRegression()
    {
        var random = new Random(1);
        // What it has learnt does not matter to the time that it takes.
        _examples = [.. Enumerable.Range(0, Examples).Select(i => new Example
        {
            Label = (uint)(i % Classes) + 1,
            Features = [.. Enumerable.Range(0, Pixels).Select(_ => random.NextSingle())],
        })];
        var context = new MLContext(seed: 1);
        ITransformer model = context.MulticlassClassification.Trainers
            .LbfgsMaximumEntropy(
                new Microsoft.ML.Trainers.LbfgsMaximumEntropyMulticlassTrainer.Options
                {
                    MaximumNumberOfIterations = 5,
                })
            .Fit(context.Data.LoadFromEnumerable(_examples, SchemaDefinition.Create(typeof(Example))));
        _engine = context.Model.CreatePredictionEngine<Example, Prediction>(model);
    }

    /// <summary>One prediction on the next example.</summary>
    public int Run()
    {
        _next = _next + 1 < _examples.Length ? _next + 1 : 0;
        _engine.Predict(_examples[_next], ref _prediction);
        return _prediction.Score.Length;
    }

    public void Dispose() => _engine.Dispose();

    private sealed class Example
    {
        [KeyType(Classes)]
        public uint Label { get; set; }

        [VectorType(Pixels)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
