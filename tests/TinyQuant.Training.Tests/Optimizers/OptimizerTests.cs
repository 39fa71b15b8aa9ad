using TinyQuant.Training.Layers;
using TinyQuant.Training.Optimizers;

namespace TinyQuant.Training.Tests.Optimizers;

/// <summary>Two steps of each optimizer against its formula, written out in double.</summary>
public class OptimizerTests
{
    private const float Rate = 0.1f;

    private static readonly float[] s_gradients = [0.5f, -0.25f];

    [Fact]
    public void Sgd_with_momentum()
    {
        (double w, double v) = (2, 0);
        foreach (float g in s_gradients)
        {
            v = (0.9 * v) + g + (0.01 * w);
            w -= Rate * v;
        }

        Assert.Equal(w, Run(p => new Sgd(p) { WeightDecay = 0.01f }), 1e-6);
    }

    [Fact]
    public void Sgd_in_the_form_of_Nesterov()
    {
        (double w, double v) = (2, 0);
        foreach (float g in s_gradients)
        {
            v = (0.9 * v) + g;
            w -= Rate * (g + (0.9 * v));
        }

        Assert.Equal(w, Run(p => new Sgd(p) { IsNesterov = true }), 1e-6);
    }

    [Fact]
    public void Adam() => Assert.Equal(ByAdam(decay: 0), Run(p => new Adam(p)), 1e-6);

    [Fact]
    public void Adam_adds_epsilon_to_the_root_and_not_under_it()
    {
        var parameter = new Parameter("w", [1]);
        parameter.Gradients[0] = 1e-6f;
        new Adam([parameter]).Step(Rate);
        // under the root it would be a hundredth of that
        Assert.Equal(-Rate * 1e-6 / (1e-6 + 1e-8), parameter.Values[0], 1e-5);
    }

    [Fact]
    public void AdamW_shrinks_weights_first() => Assert.Equal(ByAdam(decay: 0.5), Run(p => new AdamW(p, 0.5f)), 1e-6);

    [Fact]
    public void Biases_do_not_decay()
    {
        Assert.Equal(ByAdam(decay: 0), Run(p => new AdamW(p, 0.5f), decays: false), 1e-6);
        Assert.Equal(
            Run(p => new Sgd(p)), Run(p => new Sgd(p) { WeightDecay = 1 }, decays: false));
    }

    [Fact]
    public void Options_make_what_they_name()
    {
        Assert.IsType<Adam>(new OptimizerOptions().Create([]));
        Assert.IsType<AdamW>(new OptimizerOptions(OptimizerKind.AdamW).Create([]));
        Assert.Equal(
            0.5f, Assert.IsType<Sgd>(new OptimizerOptions(OptimizerKind.Sgd, Momentum: 0.5f).Create([])).Momentum);
    }

    private static double ByAdam(double decay)
    {
        (double w, double m, double v) = (2, 0, 0);
        for (int t = 1; t <= 2; t++)
        {
            double g = s_gradients[t - 1];
            w *= 1 - (Rate * decay);
            m = (0.9 * m) + (0.1 * g);
            v = (0.999 * v) + (0.001 * g * g);
            w -= Rate * (m / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, t))) + 1e-8);
        }

        return w;
    }

    private static float Run(Func<IEnumerable<Parameter>, Optimizer> create, bool decays = true)
    {
        var parameter = new Parameter("w", [1], decays);
        parameter.Values[0] = 2;
        Optimizer optimizer = create([parameter]);
        foreach (float g in s_gradients)
        {
            parameter.Gradients[0] = g;
            optimizer.Step(Rate);
        }

        Assert.Equal(2, optimizer.Steps);
        return parameter.Values[0];
    }
}
