package dev.wormhole.app.dialog;

import javafx.beans.property.DoubleProperty;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.util.StringConverter;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A number in a range, to type or to step through. What is no number leaves it as it is.
 *
 * <p>Owned by the FX thread.
 */
final class NumberField extends Spinner<Double> {

    private static final int DECIMALS = 2;

    private final DoubleProperty value;

    NumberField(DoubleProperty value, double min, double max, double step) {
        this.value = value;
        var factory =
                new SpinnerValueFactory.DoubleSpinnerValueFactory(min, max, value.get(), step);
        factory.setConverter(new Words());
        setValueFactory(factory);
        setEditable(true);
        getStyleClass().add("wh-number");
        getEditor().setOnAction(_ -> take());
        focusedProperty()
                .subscribe(
                        is -> {
                            if (!is) take();
                        });
    }

    /** Follows the value, and changes it. */
    Subscription begin() {
        return Subscription.combine(
                value.subscribe(now -> getValueFactory().setValue(now.doubleValue())),
                valueProperty()
                        .subscribe(
                                now -> {
                                    if (now != null) value.set(rounded(now).doubleValue());
                                }));
    }

    /** What was typed counts now, and is seen as it was understood. */
    void take() {
        commitValue();
        getEditor().setText(getValueFactory().getConverter().toString(getValue()));
    }

    /** Steps of 0.05 add up to crooked numbers. */
    private static BigDecimal rounded(double number) {
        return BigDecimal.valueOf(number).setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    private final class Words extends StringConverter<Double> {

        @Override
        public String toString(@Nullable Double number) {
            return number == null ? "" : rounded(number).stripTrailingZeros().toPlainString();
        }

        @Override
        public Double fromString(String words) {
            try {
                // Many write a comma.
                return new BigDecimal(words.strip().replace(',', '.')).doubleValue();
            } catch (NumberFormatException e) {
                return getValue();
            }
        }
    }
}
