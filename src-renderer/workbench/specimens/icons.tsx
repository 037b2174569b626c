import { Icon, iconNames } from '../../ui';
import styles from '../Workbench.module.css';
import type { Specimens } from './specimen';

export const icons = {
  Icon: [
    {
      state: 'all drawings',
      isWide: true,
      show: (
        <ul className={styles.icons}>
          {iconNames.map((name) => (
            <li key={name}>
              <Icon name={name} />
              {name}
            </li>
          ))}
        </ul>
      ),
    },
    {
      state: 'in sizes',
      show: (
        <div className={styles.row}>
          {[13, 18, 28, 36].map((size) => (
            <Icon key={size} name="wave" size={size} />
          ))}
        </div>
      ),
    },
  ],
} satisfies Specimens;
