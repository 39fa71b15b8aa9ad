using TinyQuant.Data;
using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Tests.Support;

/// <summary>
/// Gradients of one layer against central differences of a random weighting of its outputs. Values are multiples of
/// 1/64 and steps of 1/256, so that the differences of linear layers are nearly exact in float32.
/// </summary>
internal sealed class GradientCheck
{
    private const int Batch = 3;
    private const float H = 1f / 256;

    private readonly Layer _layer;
    private readonly Pass _pass;
    private readonly float[][] _inputs;
    private readonly float[] _output;
    private readonly float[] _weighting;

    private GradientCheck(Layer layer, bool isTraining)
    {
        _layer = layer;
        _pass = new Pass(Batch, isTraining, Seed: 5, Step: 3);
        var random = new Pcg32(11);
        foreach (Parameter parameter in layer.Parameters)
        {
            Fill(parameter.Values, random);
        }

        _inputs = [.. layer.InputShapes.Select(s => Distinct(Batch * s.Length, random))];
        _output = new float[Batch * layer.OutputLength];
        _weighting = new float[_output.Length];
        Fill(_weighting, random);
    }

    /// <summary>Checks all parameters and all inputs.</summary>
    public static void Run(Layer layer, bool isTraining = true, double tolerance = 1e-3)
    {
        var check = new GradientCheck(layer, isTraining);
        check.Loss();
        float[][] gradients = [.. check._inputs.Select(i => Enumerable.Repeat(float.NaN, i.Length).ToArray())];
        foreach (Parameter parameter in layer.Parameters)
        {
            Array.Fill(parameter.Gradients, float.NaN);
        }

        layer.Backward(check._pass, check._inputs, check._output, check._weighting, gradients);
        float[][] parameterGradients = [.. layer.Parameters.Select(p => (float[])p.Gradients.Clone())];
        foreach ((Parameter parameter, float[] gradient) in layer.Parameters.Zip(parameterGradients))
        {
            check.Compare(parameter.Values, gradient, parameter.Name, tolerance);
        }

        foreach ((float[] input, float[] gradient) in check._inputs.Zip(gradients))
        {
            check.Compare(input, gradient, "input", tolerance);
        }
    }

    private void Compare(float[] values, float[] gradient, string name, double tolerance)
    {
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[i];
            values[i] = value + H;
            double above = Loss();
            values[i] = value - H;
            double below = Loss();
            values[i] = value;
            double expected = (above - below) / (2 * H);
            Assert.True(Math.Abs(expected - gradient[i]) <= tolerance * (1 + Math.Abs(expected)),
                $"{_layer.Name} {name}[{i}]: {gradient[i]}, finite difference {expected}");
        }
    }

    private double Loss()
    {
        Array.Fill(_output, float.NaN);
        _layer.Forward(_pass, _inputs, _output);
        return _output.Zip(_weighting, (y, w) => (double)y * w).Sum();
    }

    private static void Fill(float[] values, Pcg32 random)
    {
        foreach (ref float value in values.AsSpan())
        {
            value = (random.NextBelow(129) - 64) / 64f;
        }
    }

    /// <summary>No two are closer than 4 steps, and none is closer than 2 to 0: no difference crosses a kink.</summary>
    private static float[] Distinct(int count, Pcg32 random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order);
        return [.. order.Select(i => ((i - (count / 2)) * 4 * H) + (2 * H))];
    }
}
