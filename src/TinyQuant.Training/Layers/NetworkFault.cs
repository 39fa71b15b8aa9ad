using TinyQuant.Data;

namespace TinyQuant.Training.Layers;

/// <summary>Finds where numbers of a network first are not finite.</summary>
internal static class NetworkFault
{
    /// <summary>
    /// What went wrong in a pass, in the order in which numbers flow: the input, then each layer's parameters and what
    /// it gives.
    /// </summary>
    /// <param name="network">The network as the pass left it.</param>
    /// <param name="batch">Examples of the pass.</param>
    /// <returns>A few words with the name of the tensor and the number.</returns>
    public static string Describe(Network network, int batch)
    {
        if (Say("an example", network.Input(batch)) is { } input)
        {
            return input + ", and no step can mend that: look at the data";
        }

        for (int n = 0; n < network.Nodes.Count; n++)
        {
            Layer layer = network.Nodes[n].Layer;
            foreach (Parameter parameter in layer.Parameters)
            {
                if (Say($"'{parameter.Name}'", parameter.Values) is { } found)
                {
                    return found;
                }
            }

            if (Say($"what layer '{layer.Name}' gives", network.Output(n, batch)) is { } output)
            {
                return output;
            }
        }

        return "the loss itself is not finite";
    }

    private static string? Say(string what, ReadOnlySpan<float> values) =>
        NonFinite.IndexIn(values) is >= 0 and int at
            ? FormattableString.Invariant($"{what} holds {values[at]} at {at}")
            : null;
}
