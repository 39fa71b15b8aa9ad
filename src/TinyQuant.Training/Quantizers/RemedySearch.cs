using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>What helped a model that lost much by quantization.</summary>
/// <param name="Options">The best way found; what was asked for where nothing helped.</param>
/// <param name="Plain">The accuracy of what was asked for, on the examples that chose.</param>
/// <param name="Accuracy">That of the best way.</param>
/// <param name="Tried">How many ways were tried besides what was asked for.</param>
/// <param name="Words">What the best way adds, as options of the command line; empty where nothing helped.</param>
public sealed record RemedyResult(PostTrainingOptions Options, double Plain, double Accuracy, int Tried, string Words)
{
    /// <summary>Whether something helped.</summary>
    public bool Helped => Words.Length > 0;
}

/// <summary>
/// Tries what costs no training and no byte: evening out neighbouring layers, correcting biases, and ranges of least
/// squared error, alone and together.
/// </summary>
/// <param name="quantizer">The calibrated float32 graph.</param>
/// <param name="asked">How it is quantized without help.</param>
/// <param name="accuracy">
/// The accuracy of a model's generated code on the examples that choose. They are not those that measure what was
/// chosen: training examples do, since the effects that matter here are of whole points.
/// </param>
public sealed class RemedySearch(
    PostTrainingQuantizer quantizer, PostTrainingOptions asked, Func<Graph, double> accuracy)
{
    private const double LeastGain = 0.005; // of accuracy: less is not worth another model than was asked for

    /// <summary>Tries all.</summary>
    /// <param name="plain">The accuracy of what was asked for.</param>
    /// <param name="mayChangeMethod">Whether ranges may be chosen otherwise than was asked for.</param>
    /// <param name="cancellation">Looked at between models.</param>
    public RemedyResult Run(double plain, bool mayChangeMethod, CancellationToken cancellation = default)
    {
        PostTrainingOptions[] ways = [.. Ways(mayChangeMethod)];
        (PostTrainingOptions best, double most) = (asked, plain + LeastGain);
        foreach (PostTrainingOptions way in ways)
        {
            cancellation.ThrowIfCancellationRequested();
            double reached = accuracy(quantizer.Quantize(way, null, cancellation));
            (best, most) = reached > most ? (way, reached) : (best, most);
        }

        return new RemedyResult(best, plain, best == asked ? plain : most, ways.Length, Words(best));
    }

    /// <summary>The simplest first, so that of equal ones the simplest is taken.</summary>
    private IEnumerable<PostTrainingOptions> Ways(bool mayChangeMethod) =>
        from method in mayChangeMethod ? new[] { asked.Method, CalibrationMethod.Mse }.Distinct() : [asked.Method]
        from equalizes in asked.Equalizes ? new[] { true } : [false, true]
        from corrects in asked.CorrectsBias ? new[] { true } : [false, true]
        let way = asked with { Method = method, Equalizes = equalizes, CorrectsBias = corrects }
        where way != asked
        select way;

    private string Words(PostTrainingOptions way) => string.Join(" ", new[]
    {
        way.Equalizes && !asked.Equalizes ? "--equalize" : "",
        way.CorrectsBias && !asked.CorrectsBias ? "--bias-correction" : "",
        way.Method != asked.Method ? $"--method {way.Method.Word()}" : "",
    }.Where(w => w.Length > 0));
}
