using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Optimizers;

/// <summary>Moves parameters by their gradients.</summary>
public abstract class Optimizer
{
    private protected Optimizer(IEnumerable<Parameter> parameters) => Parameters = [.. parameters];

    /// <summary>What it changes.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>How many steps were made; with <see cref="State"/> all that it remembers.</summary>
    public int Steps { get; private set; }

    /// <summary>Its moments, in a fixed order.</summary>
    public abstract IReadOnlyList<float[]> State { get; }

    /// <summary>Moves every parameter by its gradient.</summary>
    /// <param name="learningRate">Scales the step.</param>
    public void Step(float learningRate)
    {
        Steps++;
        for (int i = 0; i < Parameters.Count; i++)
        {
            Update(i, Parameters[i], learningRate);
        }
    }

    /// <summary>Goes on where another one was.</summary>
    /// <param name="steps">How many steps that had made.</param>
    /// <param name="state">What its <see cref="State"/> held.</param>
    internal void Restore(int steps, IReadOnlyList<float[]> state)
    {
        Steps = steps;
        for (int i = 0; i < State.Count; i++)
        {
            state[i].CopyTo(State[i], 0);
        }
    }

    private protected abstract void Update(int index, Parameter parameter, float learningRate);

    private protected static float[][] Zeros(IEnumerable<Parameter> parameters) =>
        [.. parameters.Select(p => new float[p.Values.Length])];
}
