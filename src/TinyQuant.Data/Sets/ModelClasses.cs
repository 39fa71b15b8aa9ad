using System.Globalization;
using TinyQuant.Model;

namespace TinyQuant.Data;

/// <summary>Which output of a model stands for which class of a data set.</summary>
internal static class ModelClasses
{
    private const int MaxLabel = byte.MaxValue;

    /// <inheritdoc cref="DataSet.WithClassesOf"/>
    public static DataSet Match(DataSet data, Graph graph)
    {
        if (graph.Outputs is not [{ ElementCount: > 0 and var outputs }])
        {
            return data; // it gives no class, which whoever asks for one is told
        }

        string? note = null;
        int[] places = graph.Labels.IsEmpty
            ? ByOutput(data, graph, outputs, ref note)
            : ByLabel(data, graph, outputs, ref note);
        int large = Array.FindIndex(places, p => p > MaxLabel);
        if (large >= 0)
        {
            throw new InvalidDataException(
                Invariant($"{data.Source}: class '{data.ClassNames[large]}' is output {places[large]} of ")
                    + Invariant($"'{graph.Name}'; expected {MaxLabel} at most."));
        }

        byte[] labels = [.. places.Select(p => (byte)p)];
        bool keepsNames = graph.Labels.IsEmpty && data.ClassNames.Length == outputs
            && places.SequenceEqual(Enumerable.Range(0, outputs));
        return data with
        {
            Train = data.Train.Relabel(labels),
            Test = data.Test.Relabel(labels),
            ClassNames = keepsNames ? data.ClassNames
                : !graph.Labels.IsEmpty ? graph.Labels
                : [.. Enumerable.Range(0, outputs).Select(i => i.ToString(CultureInfo.InvariantCulture))],
            Notes = note is null ? data.Notes : data.Notes.Add(note),
        };
    }

    /// <inheritdoc cref="DataSet.WithNumbersAsLabels"/>
    public static DataSet Number(DataSet data)
    {
        if (ClassNames.Numbers(data.ClassNames) is not { } numbers || numbers.Any(n => n > MaxLabel))
        {
            return data;
        }

        byte[] labels = [.. numbers.Select(n => (byte)n)];
        return data with
        {
            Train = data.Train.Relabel(labels),
            Test = data.Test.Relabel(labels),
            ClassNames = [
                .. Enumerable.Range(0, numbers.Max() + 1).Select(n => n.ToString(CultureInfo.InvariantCulture))],
        };
    }

    private static int[] ByLabel(DataSet data, Graph graph, int outputs, ref string? note)
    {
        int[] places = [
            .. data.ClassNames.Select(name =>
                graph.Labels.IndexOf(name, 0, graph.Labels.Length, StringComparer.Ordinal))];
        int missing = Array.IndexOf(places, -1);
        if (missing < 0)
        {
            return places;
        }

        if (ClassNames.Numbers(data.ClassNames) is { } numbers && numbers.All(n => n < outputs)
            && !graph.Labels.Any(label =>
                int.TryParse(label, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)))
        {
            note = $"{data.Source}: the classes are numbers, and none of the labels of '{graph.Name}' is one; "
                + "each is taken for the number of an output.";
            return numbers;
        }

        throw new InvalidDataException(
            $"{data.Source}: the classes are {ClassNames.List(data.ClassNames)}; those of '{graph.Name}' are "
                + $"{ClassNames.List(graph.Labels)}: "
            + $"'{data.ClassNames[missing]}' is not among them.");
    }

    private static int[] ByOutput(DataSet data, Graph graph, int outputs, ref string? note)
    {
        string classes = data.ClassNames.Length == 1
            ? $"there is 1 class, {data.ClassNames[0]}"
            : $"there are {data.ClassNames.Length} classes, {ClassNames.List(data.ClassNames)}";
        string model = Invariant($"'{graph.Name}' has {outputs} {(outputs == 1 ? "output" : "outputs")} and no labels");
        if (ClassNames.Numbers(data.ClassNames) is { } numbers)
        {
            return numbers.All(n => n < outputs)
                ? numbers
                : throw new InvalidDataException(
                    Invariant($"{data.Source}: {classes}; {model}; expected the number of an output for each ")
                        + Invariant($"class, from 0 to {outputs - 1}."));
        }

        if (data.ClassNames.Length != outputs)
        {
            throw new InvalidDataException(
                Invariant($"{data.Source}: {classes}; {model}; expected {outputs} classes, or the number of an ")
                    + Invariant($"output for each, from 0 to {outputs - 1}."));
        }

        note = $"'{graph.Name}' has no labels: its outputs are taken for {ClassNames.List(data.ClassNames)}, in "
            + "this order.";
        return [.. Enumerable.Range(0, outputs)];
    }
}
