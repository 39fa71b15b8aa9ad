using Gateway.Alerts;
using Gateway.Scoring;

namespace Gateway.Frames;

/// <summary>
/// Scores a frame and brings its sensor's alert up to date. Allocates only an alert that is to be sent.
/// </summary>
/// <param name="scorer">The model.</param>
/// <param name="policy">When there is an alert.</param>
/// <param name="threshold">The policy's, for the alert's text.</param>
/// <param name="time">The clock of alerts.</param>
internal sealed class FrameProcessor(FrameScorer scorer, AlertPolicy policy, float threshold, TimeProvider time)
{
    /// <summary>Takes a frame.</summary>
    /// <param name="frame">A valid one.</param>
    /// <param name="now">The time provider's timestamp.</param>
    /// <param name="alert">What is to be sent, if anything.</param>
    /// <returns>What happened to the sensor's alert.</returns>
    public AlertChange Process(Frame frame, long now, out AlertMessage? alert)
    {
        float score = scorer.Score(frame.Samples);
        ref AlertState state = ref frame.Sensor.Alert;
        AlertChange change = policy.Observe(ref state, score, now);
        alert = change is AlertChange.Raised or AlertChange.Cleared ? Create(frame, change, score, ref state) : null;
        return change;
    }

    private AlertMessage Create(Frame frame, AlertChange change, float score, ref AlertState state)
    {
        double squares = 0;
        foreach (float sample in frame.Samples)
        {
            squares += (double)sample * sample;
        }

        var alert = new AlertMessage(
            frame.Sensor.Name, change == AlertChange.Raised ? "raised" : "cleared", time.GetUtcNow(), score, state.Peak,
            threshold,
            (float)Math.Sqrt(squares / frame.Samples.Length), state.Suppressed);
        state.Suppressed = 0;
        return alert;
    }
}
