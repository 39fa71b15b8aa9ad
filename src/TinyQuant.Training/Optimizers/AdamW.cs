using System.Numerics.Tensors;
using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Optimizers;

/// <summary>
/// Adam, with weights that shrink by rate · decay before each step (Loshchilov and Hutter, "Decoupled Weight Decay
/// Regularization", 2019); biases and normalizations do not shrink.
/// </summary>
/// <param name="parameters">What it changes.</param>
/// <param name="weightDecay">What a weight loses in a step at rate 1, as a part of itself.</param>
public sealed class AdamW(IEnumerable<Parameter> parameters, float weightDecay = 0.01f) : Adam(parameters)
{
    private protected override void Update(int index, Parameter parameter, float learningRate)
    {
        if (parameter.Decays)
        {
            TensorPrimitives.Multiply(parameter.Values, 1 - (learningRate * weightDecay), parameter.Values);
        }

        base.Update(index, parameter, learningRate);
    }
}
