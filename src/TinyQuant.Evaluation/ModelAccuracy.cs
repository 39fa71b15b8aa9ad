using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Evaluation;

/// <summary>Accuracy of a classifier, measured on its generated code.</summary>
public static class ModelAccuracy
{
    /// <summary>The fraction of pictures whose class the model finds.</summary>
    /// <param name="graph">One input of as many elements as a picture has pixels; one output vector.</param>
    /// <param name="images">Pictures with labels.</param>
    /// <exception cref="ModelCompilationException">The model's code could not be generated or compiled.</exception>
    /// <exception cref="ArgumentException">The model takes no such pictures.</exception>
    public static double Measure(Graph graph, LabelledExamples images)
    {
        using CompiledModel model = CompiledModel.Compile(graph);
        return Measure(model, images);
    }

    /// <summary>The same for a model that is compiled already.</summary>
    public static double Measure(CompiledModel model, LabelledExamples images)
    {
        int[] answers = ModelAnswers.Of(model, images);
        int correct = 0;
        for (int i = 0; i < answers.Length; i++)
        {
            correct += answers[i] == images.Labels.Span[i] ? 1 : 0;
        }

        return (double)correct / answers.Length;
    }
}
