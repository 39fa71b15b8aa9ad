using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>What a classifier's generated code answers, picture by picture.</summary>
public static class ModelAnswers
{
    /// <summary>The class that the model gives each picture.</summary>
    /// <param name="graph">One input of as many elements as a picture has pixels; one output vector.</param>
    /// <param name="images">The pictures.</param>
    /// <exception cref="ModelCompilationException">The model's code could not be generated or compiled.</exception>
    /// <exception cref="ArgumentException">The model takes no such pictures.</exception>
    public static int[] Of(Graph graph, LabelledExamples images)
    {
        using CompiledModel model = CompiledModel.Compile(graph);
        return Of(model, images);
    }

    /// <summary>The same for a model that is compiled already.</summary>
    public static int[] Of(CompiledModel model, LabelledExamples images)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        Require(model, images);
        LabelledImages? pictures = model.ClassifiesPixels ? images as LabelledImages : null;
        float[] reals = new float[images.Length];
        int[] answers = new int[images.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            if (pictures is not null)
            {
                answers[i] = model.Classify(pictures.Image(i));
                continue;
            }

            images.ReadReals(i, reals);
            answers[i] = model.Classify(reals);
        }

        return answers;
    }

    private static void Require(CompiledModel model, LabelledExamples images)
    {
        if (!model.Classifies)
        {
            throw new ArgumentException(
                $"Model '{model.Graph.Name}' gives no class; expected one input and one output vector.", nameof(model));
        }

        if (model.Graph.Inputs[0].ElementCount != images.Length)
        {
            throw new ArgumentException(
                Invariant($"Model '{model.Graph.Name}' takes {model.Graph.Inputs[0].ElementCount} values; ")
                + Invariant($"the {images.Noun} of {images.Name} have {images.Length}."), nameof(images));
        }

        int classes = model.Graph.Outputs[0].ElementCount;
        int wrong = images.Labels.Span.IndexOfAnyExceptInRange((byte)0, (byte)Math.Min(byte.MaxValue, classes - 1));
        if (wrong >= 0)
        {
            throw new ArgumentException(
                Invariant($"Model '{model.Graph.Name}' tells {classes} classes apart, from 0 to {classes - 1}; ")
                    + Invariant($"example {wrong} of {images.Name} has class ")
                + $"{images.Labels.Span[wrong]}. DataSet.WithClassesOf gives a data set the classes of a model.",
                nameof(images));
        }
    }
}
