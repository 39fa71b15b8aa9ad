using System.Buffers.Binary;
using System.Diagnostics;
using Gateway.Alerts;
using Gateway.Frames;
using Gateway.Monitoring;
using Gateway.Scoring;
using TinyQuant;

namespace Gateway.Commands;

/// <summary>
/// <c>--self-test</c>: frames of a healthy machine and of one whose bearing knocks, from bytes to the alert policy. The
/// first must stay below the threshold and the second above it, and none may allocate a byte.
/// </summary>
internal static class SelfTest
{
    private const int Frames = 20_000;
    private const float Step = 0.001f;

    /// <summary>Runs it.</summary>
    /// <returns>0 where all is well, otherwise 1.</returns>
    public static int Run(AlertOptions options)
    {
        var processor = new FrameProcessor(new FrameScorer(),
            new AlertPolicy(options with { RaiseAfter = int.MaxValue }, TimeProvider.System), options.Threshold,
            TimeProvider.System);
        var frame = new Frame { Sensor = new Sensor("self-test") };
        bool isRight = Check("healthy", isFaulty: false) & Check("knocking", isFaulty: true);
        Console.WriteLine(isRight ? "self-test passed" : "self-test FAILED");
        return isRight ? 0 : 1;

        bool Check(string name, bool isFaulty)
        {
            byte[] payload = CreatePayload(isFaulty);
            Process(1, payload); // whatever the runtime sets up on a first call is no part of it
            long before = GC.GetAllocatedBytesForCurrentThread();
            Process(Frames, payload);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            float score = new FrameScorer().Score(frame.Samples);
            Console.WriteLine(
                $"{name}: score {score:0.000000}, {allocated} bytes allocated for {Frames} frames ({DotUnits.Int8})");
            return allocated == 0 && (score > options.Threshold) == isFaulty;
        }

        void Process(int count, byte[] payload)
        {
            for (int i = 0; i < count; i++)
            {
                if (FrameFormat.Read(payload, frame.Samples) != Rejection.None
                    || processor.Process(frame, Stopwatch.GetTimestamp(), out _) != AlertChange.None)
                {
                    throw new UnreachableException("A frame of the self-test is none, or raised an alert.");
                }
            }
        }
    }

    /// <summary>Harmonics of a turning shaft, the mesh of a gear and noise; with a fault, shocks that ring.</summary>
    private static byte[] CreatePayload(bool isFaulty)
    {
        const double Turns = 0.03; // a sample
        byte[] payload = new byte[FrameFormat.HeaderBytes + (LogSpectrum.Samples * sizeof(short))];
        (payload[0], payload[1]) = (FrameFormat.Version, FrameFormat.Int16);
        BinaryPrimitives.WriteUInt16LittleEndian(payload.AsSpan(2), LogSpectrum.Samples);
        BinaryPrimitives.WriteSingleLittleEndian(payload.AsSpan(4), Step);
        uint noise = 1;
        for (int i = 0; i < LogSpectrum.Samples; i++)
        {
            double angle = 2 * Math.PI * Turns * i;
            double value = Math.Sin(angle) + (0.45 * Math.Sin((2 * angle) + 1)) + (0.2 * Math.Sin((3 * angle) + 2))
                + (0.3 * Math.Sin((9 * angle) + 3));
            for (int draw = 0; draw < 12; draw++)
            {
                noise = (noise * 1_664_525) + 1_013_904_223; // Numerical Recipes' generator
                value += 0.12 * ((noise / (double)uint.MaxValue) - 0.5); // twelve of them: a normal of deviation 0.12
            }

            if (isFaulty)
            {
                int since = i % 9;
                value += 1.2 * Math.Exp(-since / 6.0) * Math.Sin(2 * Math.PI * 0.39 * since);
            }

            BinaryPrimitives.WriteInt16LittleEndian(
                payload.AsSpan(FrameFormat.HeaderBytes + (i * sizeof(short))), (short)Math.Round(value / Step));
        }

        return payload;
    }
}
